"""The door for programs that follow the registry: a feed of changes, a calendar of terms."""
