"""What the records mean: plain Python, with no database, clock, settings or translation.

Facts come in (`facts`), `compose` holds them against the rules of a day, and every check in
`checks` turns the composition into findings.
"""
