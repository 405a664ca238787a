"""Regions and cities, and who holds their seats."""
