"""Shape of what is typed of households."""
