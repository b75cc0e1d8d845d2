"""Files of rows, in and out: untrusted workbooks are read by a child process with little room (control 20).

Nothing here knows Django: the child that reads a stranger's file loads neither settings nor a database.
"""
