"""Rosters in and out: read → match → plan → apply → undo, and export.

`reading` makes neutral rows of a file, `matching` finds whom and what they speak of, `planning`
says what would change, `applying` writes it in one transaction and takes it back. The admin's
wizard and the command both go through `imports`; `export` writes what the import reads back
unchanged.
"""
