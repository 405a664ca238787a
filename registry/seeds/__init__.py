"""Reads a folder of CSV files into the registry: a state's institutions, rules and people.

`tables` says which file has which columns, `columns` how a cell is read, `sheets` how a file
is, and `loading` compares the rows with what is recorded and writes the differences.
"""
