"""Two records of one person: found, compared field by field, merged, and taken apart again."""
