"""The last steps: a plan is written, whole or not at all, and taken back."""
