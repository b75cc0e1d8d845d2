"""Forms about what hangs on organisations."""
