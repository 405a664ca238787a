"""Who sat on a day, against the rules; and two days against each other."""
