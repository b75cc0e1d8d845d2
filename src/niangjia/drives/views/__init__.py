"""The faces of drives and of codes for joining."""
