"""Persons and the parties they sit for."""
