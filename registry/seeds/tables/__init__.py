"""Which file has which columns, in the order in which the files are loaded.

A file comes after those that it refers to.
"""

from __future__ import annotations

from registry.seeds.tables import (
    appointments,
    claims,
    institutions,
    law,
    people,
    seats,
    sources,
    territories,
)

TABLES = (
    *sources.TABLES,
    *territories.TABLES,
    *institutions.TABLES,
    *seats.TABLES,
    *law.TABLES,
    *people.TABLES,
    *appointments.TABLES,
    *claims.TABLES,
)
