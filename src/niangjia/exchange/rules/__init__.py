"""What a file of rows is: its columns, its verdicts, how its cells are read. Pure."""
