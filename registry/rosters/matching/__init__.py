"""The second step: whom and what the rows speak of, found in the register or new."""
