"""The first step: the bytes of a file become neutral rows that know nothing of the register."""
