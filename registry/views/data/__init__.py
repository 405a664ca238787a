"""Files and the interface for programs, explained."""
