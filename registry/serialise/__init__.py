"""Compositions, findings and what the law says as plain data, for programs and files."""

from registry.serialise.compositions import composition_data, institution_data, tally_data
from registry.serialise.findings import Listed, finding_data, listed_between, listed_on

__all__ = [
    "Listed",
    "composition_data",
    "finding_data",
    "institution_data",
    "listed_between",
    "listed_on",
    "tally_data",
]
