"""The first page: chambers, offices and common questions on a day."""
