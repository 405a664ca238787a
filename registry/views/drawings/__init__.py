"""Half-circles and rows of seats: the drawing, its colours, and the file made of it."""
