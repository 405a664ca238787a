"""A registry of a state's institutions: who held which seat on which day, and by which rule."""
