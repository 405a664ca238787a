"""From a composition to the seats of its drawing, and the tables that say the same in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from registry.domain.composition import Composition
from registry.domain.facts import SeatRule
from registry.models import Institution
from registry.models.fields import best_text
from registry.templatetags.days import long_day
from registry.templatetags.half_circle import WITHOUT, Drawing, Seat, swatch
from registry.views.drawings.palette import Palette, certain_members, square, term_year
from registry.views.tallies import held_in_all, nobody_recorded

COLOURINGS = ("party", "rule", "term")


@dataclass(frozen=True, slots=True)
class Share:
    """One line of the table beside the drawing; `seat` looks as its seats do."""

    seat: Seat
    name: str
    language: str
    seats: int
    vacant: bool = False
    party: str = ""  # its address

    @property
    def spoken(self) -> str:
        """The language of the name, where that is not the one of the page."""
        here = (get_language() or "en", "und", "")
        return "" if self.language in here else self.language

    @property
    def key(self) -> SafeString:
        return swatch(self.seat.colour, self.seat.square, self.seat.look)


def natural_colouring(composition: Composition) -> str:
    """By party where anybody sits for one, else by rule."""
    return "party" if any(s.party_slug for s in composition.members) else "rule"


def beyond_the_rule(composition: Composition) -> set[int]:
    """The appointments drawn outside the arc: the last ones of an over-filled line."""
    beyond = [
        sitting.appointment_id
        for line in composition.lines
        if line.over
        for sitting in line.holders[-line.over :]
    ]
    loose = (*composition.unassigned, *composition.misplaced)
    rest = composition.over - len(beyond)
    return {*beyond, *(sitting.appointment_id for sitting in loose[-rest:] if rest > 0)}


def seats_of(
    composition: Composition, colouring: str, palette: Palette, language: str
) -> tuple[Seat, ...]:
    """The seats from left to right: those of one colour together, the empty ones last."""
    beyond = beyond_the_rule(composition)
    held = []
    for sitting, rule in certain_members(composition):
        name = best_text(sitting.name, language)[0]
        match colouring:
            case "party":
                colour = palette.party(sitting.party_slug)
                group = best_text(sitting.party_name, language)[0]
            case "rule":
                colour = palette.rule(rule)
                group = best_text(rule.group.names if rule else None, language)[0]
            case _:
                year = term_year(composition, sitting)
                colour, group = palette.year(year), _ending_in(year)
        held.append(
            Seat(
                title=f"{name} — {group}" if group else name,
                colour=colour,
                square=square(rule),
                over=sitting.appointment_id in beyond,
            )
        )
    held.sort(key=lambda seat: (seat.colour == WITHOUT, seat.colour, seat.square))
    return (*held, *_empty_seats(composition, len(held) - len(beyond)))


def _empty_seats(composition: Composition, held: int) -> Iterator[Seat]:
    """Seats that nobody holds for certain: open, vacant, or not recorded."""
    left = max(0, (composition.required or 0) - held)
    for sitting in composition.possible[:left]:
        yield Seat(_("Perhaps held"), None, square(composition.rule_of(sitting)), look="open")
    left -= min(left, len(composition.possible))
    vacant = vacancies(composition) or 0
    for line in composition.lines:
        for _seat in range(min(left, line.unheld if not line.undecided else 0)):
            empty = bool(line.vacant)
            title = _("Vacant seat") if empty else _("Not recorded")
            yield Seat(title, None, square(line.rule), look="vacant" if empty else "unrecorded")
            left -= 1
            vacant -= empty
    for _seat in range(left):
        yield Seat(
            _("Vacant seat") if vacant > 0 else _("Not recorded"),
            look="vacant" if vacant > 0 else "unrecorded",
        )
        vacant -= 1


def vacancies(composition: Composition) -> int | None:
    """Seats known to be vacant; `None` when nothing can be said of any."""
    if composition.vacant is not None:
        return composition.vacant
    known = [line.vacant for line in composition.lines if line.vacant]
    return sum(known) if known else None


def drawing_of(
    composition: Composition,
    name: str,
    seats: Sequence[Seat],
    shares: Sequence[Share],
    ident: str = "seats",
) -> Drawing:
    """The drawing with its words; the seats held are a range where dates leave that open."""
    filled, required = held_in_all(composition), composition.required
    values = {"institution": name, "day": long_day(composition.day)}
    if required is None:
        title = ngettext(
            "%(institution)s on %(day)s: %(n)s member",
            "%(institution)s on %(day)s: %(n)s members",
            composition.filled,
        ) % {**values, "n": filled}
        caption = ngettext("member", "members", composition.filled)
    else:
        title = ngettext(
            "%(institution)s on %(day)s: %(filled)s of %(n)s seat filled",
            "%(institution)s on %(day)s: %(filled)s of %(n)s seats filled",
            required,
        ) % {**values, "filled": filled, "n": required}
        caption = ngettext("of %(n)s seat filled", "of %(n)s seats filled", required) % {
            "n": required
        }
    listed = "; ".join(f"{share.name}: {share.seats}" for share in shares)
    description = _(
        "From left to right: %(groups)s. The table beside the drawing has the same numbers."
    ) % {"groups": listed}
    return Drawing(tuple(seats), title, description, filled, caption, ident)


def no_party() -> str:
    """What everything says of somebody who sits for no recorded party."""
    return _("No party recorded")


def party_shares(composition: Composition, palette: Palette, language: str) -> list[Share]:
    """Certain members by party, then the empty seats."""
    shapes = {}
    for sitting, rule in certain_members(composition):
        shapes.setdefault(sitting.party_slug, square(rule))
    shares = []
    for party in composition.parties:
        name, spoken = best_text(party.names, language)
        shares.append(
            Share(
                Seat("", palette.party(party.slug), shapes.get(party.slug, False)),
                name or party.slug or no_party(),
                spoken,
                party.seats,
                party=party.slug or "",
            )
        )
    return shares + _empty_shares(composition)


def rule_shares(composition: Composition, palette: Palette, language: str) -> list[Share]:
    """Certain members by the rule they sit by, then the empty seats."""
    ruleless = {sitting.appointment_id for sitting in composition.ruleless}
    without_rule = 0  # no group has this id
    counts: dict[int | None, int] = {}
    rules: dict[int | None, SeatRule | None] = {}
    for sitting, rule in certain_members(composition):
        key = rule.group.id if rule else None
        if sitting.appointment_id in ruleless:
            key = without_rule
        rules[key] = rule
        counts[key] = counts.get(key, 0) + 1
    shares = []
    for key, number in counts.items():
        rule = rules[key]
        name, spoken = best_text(rule.group.names if rule else None, language)
        shares.append(
            Share(
                Seat("", palette.rule(rule), square(rule)),
                name or (_("Seat group not recorded") if key is None else _("Without a rule")),
                spoken,
                number,
            )
        )
    return shares + _empty_shares(composition)


def term_shares(composition: Composition, palette: Palette, language: str) -> list[Share]:
    """Certain members by the year in which their terms are to end, then the empty seats."""
    members = certain_members(composition)
    years = Counter(term_year(composition, sitting) for sitting, _rule in members)
    shapes = {term_year(composition, sitting): square(rule) for sitting, rule in members}
    ranked = sorted(years, key=lambda year: (year is None, year))
    return [
        Share(Seat("", palette.year(year), shapes[year]), _ending_in(year), "", years[year])
        for year in ranked
    ] + _empty_shares(composition)


def _ending_in(year: int | None) -> str:
    if year is None:
        return _("End of the term not recorded")
    return _("Term ends in %(year)s") % {"year": year}


SHARES = {"party": party_shares, "rule": rule_shares, "term": term_shares}


class Drawn(NamedTuple):
    """A drawing, `None` where blanks alone or one seat alone would say nothing, and its table."""

    drawing: Drawing | None
    shares: list[Share]


def drawn(
    composition: Composition, institution: Institution, colouring: str, language: str
) -> Drawn:
    palette = Palette(composition)
    shares = SHARES[colouring](composition, palette, language)
    seats = seats_of(composition, colouring, palette, language)
    if nobody_recorded(composition) or len(seats) == 1:
        return Drawn(None, shares)
    name = best_text(institution.name, language)[0]
    return Drawn(drawing_of(composition, name, seats, shares) if seats else None, shares)


def _empty_shares(composition: Composition) -> list[Share]:
    looks = {"open": 0, "vacant": 0, "unrecorded": 0}
    names = {
        "open": _("Perhaps held"),
        "vacant": _("Vacant"),
        "unrecorded": _("Not recorded"),
    }
    held = len(certain_members(composition)) - len(beyond_the_rule(composition))
    for seat in _empty_seats(composition, held):
        looks[seat.look] += 1
    return [
        Share(
            Seat("", look=look),
            names[look],
            "",
            number,
            vacant=look == "vacant",
        )
        for look, number in looks.items()
        if number
    ]


def in_percent(composition: Composition, shares: Sequence[Share]) -> list[float | None]:
    """Each share of the seats by rule, or of all that are listed where those are more.

    Without a rule there is no whole to take a share of.
    """
    listed = sum(share.seats for share in shares)
    whole = max(composition.required, listed) if composition.required else 0
    return [100 * share.seats / whole if whole else None for share in shares]
