"""What a file of members is: its columns, its peoples, what goes to the national register. Pure."""
