"""The layouts a roster may come in, and how a file is known to be in one of them."""
