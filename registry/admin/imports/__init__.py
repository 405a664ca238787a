"""The way of a roster file into the register: file, columns, check, effect, done."""

from registry.admin.imports import runs

__all__ = ["runs"]
