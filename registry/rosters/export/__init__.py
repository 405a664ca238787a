"""Rosters out: the table that imports back unchanged, workbooks for people, Popolo for programs."""
