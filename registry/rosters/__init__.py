"""Rosters in and out: read → match → plan → apply, and export.

`files` and `layouts` read a file into neutral rows, `matching` finds whom and what they speak of,
`planning` says what would change, `applying` writes it in one transaction. A command and a wizard
both go through `imports.import_roster`; `export` writes what the import reads back unchanged.
"""
