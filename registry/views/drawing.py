"""From a composition to the seats of its drawing, and the tables that say the same in numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.domain.composition import Composition
from registry.domain.facts import Designation, SeatRule, Sitting
from registry.models.fields import best_text
from registry.templatetags.days import long_day
from registry.templatetags.half_circle import WITHOUT, Drawing, Seat, swatch

COLOURINGS = ("party", "rule")


@dataclass(frozen=True, slots=True)
class Share:
    """One line of the table beside the drawing."""

    key: SafeString
    name: str
    language: str
    seats: int
    vacant: bool = False


class Palette:
    """Which colour of the palette stands for which party or rule of one composition."""

    def __init__(self, composition: Composition) -> None:
        named = [party.slug for party in composition.parties if party.slug]
        self._parties = {slug: place for place, slug in enumerate(named)}
        self._rules = {
            rule.group.id: place
            for place, rule in enumerate(r for r in composition.rules if not r.group.inner)
        }

    def party(self, slug: str | None) -> int:
        return self._parties.get(slug or "", WITHOUT)

    def rule(self, rule: SeatRule | None) -> int:
        return self._rules.get(rule.group.id, WITHOUT) if rule else WITHOUT


def natural_colouring(composition: Composition) -> str:
    """By party where anybody sits for one, else by rule."""
    return "party" if any(s.party_slug for s in composition.members) else "rule"


def square(rule: SeatRule | None) -> bool:
    """Whether a named body fills the seat, and not the voters or those of a territory."""
    if rule is None:
        return False
    by_a_body = rule.chosen_by is not None and not rule.territorial
    return by_a_body or rule.designation is not Designation.ELECTED


def certain_members(composition: Composition) -> list[tuple[Sitting, SeatRule | None]]:
    """Those who hold the counted seats for certain, with their rules, in the order of the rules."""
    held: list[tuple[Sitting, SeatRule | None]] = []
    for line in composition.lines:
        acting = line.acting[: line.filled - len(line.holders)]
        held += [(sitting, line.rule) for sitting in (*line.holders, *acting)]
    loose = (*composition.unassigned, *composition.misplaced, *composition.ruleless)
    return held + [(sitting, composition.rule_of(sitting)) for sitting in loose]


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
        party = best_text(sitting.party_name, language)[0]
        name = best_text(sitting.name, language)[0]
        by_party = colouring == "party"
        group = party if by_party else best_text(rule.group.names if rule else None, language)[0]
        held.append(
            Seat(
                title=f"{name} — {group}" if group else name,
                colour=palette.party(sitting.party_slug) if by_party else palette.rule(rule),
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
    filled, required = composition.filled, composition.required
    values = {"institution": name, "day": long_day(composition.day)}
    if required is None:
        title = ngettext(
            "%(institution)s on %(day)s: %(n)s member",
            "%(institution)s on %(day)s: %(n)s members",
            filled,
        ) % {**values, "n": filled}
        caption = ngettext("member", "members", filled)
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
    return Drawing(tuple(seats), title, description, str(filled), caption, ident)


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
                swatch(palette.party(party.slug), shapes.get(party.slug, False)),
                name or party.slug or no_party(),
                spoken,
                party.seats,
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
                swatch(palette.rule(rule), square(rule)),
                name or (_("Seat group not recorded") if key is None else _("Without a rule")),
                spoken,
                number,
            )
        )
    return shares + _empty_shares(composition)


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
            swatch(None, look=look),
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
