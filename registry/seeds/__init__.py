"""Reads a folder of CSV files into the registry: a state's institutions, rules and people.

`tables` says which file has which columns, `columns` how a cell is read and `sheets` how a file
is. `reading` checks the rows against each other, `loading` writes how they differ from what is
recorded, and `edits` finds what people changed since. `sample` are invented people, who go again.
"""
