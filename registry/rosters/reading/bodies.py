"""Which body a file speaks of, by the words it has for it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from registry.models import Institution
from registry.models.naming import folded


class Body:
    """The institution that a file is imported into, known by its address and its names."""

    def __init__(self, institution: Institution) -> None:
        self.institution = institution
        self.slug = institution.slug
        self.words = _words(institution)

    def goes_by(self, *words: str) -> bool:
        return any(folded(word) in self.words for word in words)

    def other_called(self, *words: str) -> Institution | None:
        """Another institution of the register that goes by one of these words.

        A body that this one is a part of does not count: “Parliament” may well mean a chamber.
        """
        wanted = {folded(word) for word in words} - {""}
        if not wanted or wanted & self.words:
            return None
        return next((each for each in self._others if _words(each) & wanted), None)

    @cached_property
    def _others(self) -> list[Institution]:
        around = {self.institution.pk}
        above = self.institution.parent
        while above is not None and above.pk not in around:
            around.add(above.pk)
            above = above.parent
        return list(Institution.objects.exclude(pk__in=around))


def _words(institution: Institution) -> set[str]:
    words: Iterable[str] = (
        institution.slug,
        *institution.name.values(),
        *institution.other_names,
    )
    return {folded(word) for word in words} - {""}
