"""Who sat in an institution on a day, held against the seat rules of that day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.domain import seats
from registry.domain.composition import Composition, State
from registry.domain.dates import Presence
from registry.domain.facts import Convocation
from registry.domain.majorities import Majority, majorities
from registry.forms.questions import Choice, one_of
from registry.models import Branch, Citation, Institution, SeatRule, Succession
from registry.serialise.linked_data import organization
from registry.snapshots import Review, review_of
from registry.templatetags.half_circle import swatch
from registry.views import tallies
from registry.views.compositions import renewing, roster, seat_table, timeline
from registry.views.compositions.departures import departed_of
from registry.views.compositions.edges import first_of, last_of
from registry.views.compositions.listing import Filters, listing_of
from registry.views.compositions.pictures import Preview, preview
from registry.views.drawings import drawing
from registry.views.frame import ShownDay, dated
from registry.views.record.checks import ever

# What goes along to another day.
CARRIED = ("colour", "sort", "name", "party", "seat", "territory", "status")


@dated
def detail(request: HttpRequest, slug: str, *, on: date) -> HttpResponse:
    institution = get_object_or_404(
        Institution.objects.select_related("parent", "territory"), slug=slug
    )
    review = review_of(institution, on=on)
    composition = review.composition
    language = get_language() or "en"
    by_default = drawing.natural_colouring(composition)
    colouring = one_of(request.GET, "colour", drawing.COLOURINGS, by_default)
    territorial = any(rule.territorial for rule in composition.rules)
    filters = Filters.read(request.GET, composition)
    people = _people(review, filters, request.shown, language)
    addresses = _addresses(request, institution, filters, colouring)
    near = related(institution)
    chambers = consists_of_chambers(institution, composition) and not composition.filled
    context = {
        "institution": institution,
        "crumbs": [institution.parent, institution],
        "composition": composition,
        "state": composition.state.value,
        "alive": composition.state.exists,
        "territorial": territorial,
        "colouring": colouring,
        "colourings": _colourings(composition, colouring),
        "filters": filters,
        "carried": CARRIED,
        "law_since": law_since(composition),
        **neighbours(composition),
        **_seats(composition, institution, colouring, language),
        **people,
        "sorted_columns": people["shape"].columns(filters.sort, addresses["kept_sorted"]),
        **near,
        "chambers": near["counted_parts"] if chambers else [],
        "band": timeline.band_of(composition, today=request.shown.today),
        **timeline.changes_beside(review.record, on),
        "majorities": votes_needed(composition),
        "renewals": _renewals(composition),
        "incomplete": _incomplete(composition),
        "picture": _picture(request.shown, institution, composition, language),
        "linked_data": [organization(institution, request.build_absolute_uri, composition)],
        **addresses,
    }
    return render(request, "registry/composition.html", context)


def _colourings(composition: Composition, chosen: str) -> list[Choice]:
    """What the drawing can be coloured by; by party only where anybody sits for one."""
    labels = {"party": _("By party"), "rule": _("By seat rule"), "term": _("By term end")}
    if drawing.natural_colouring(composition) != "party" != chosen:
        del labels["party"]
    return [Choice(name, label, name == chosen) for name, label in labels.items()]


def _seats(
    composition: Composition, institution: Institution, colouring: str, language: str
) -> dict:
    drawn = drawing.drawn(composition, institution, colouring, language)
    shares = drawn.shares
    return {
        "shares": list(zip(shares, drawing.in_percent(composition, shares), strict=True)),
        "drawing": drawn.drawing,
        "nobody": tallies.nobody_recorded(composition),
        "table": seat_table.seat_table(composition, rule_sources(composition), language),
        "tags": tallies.headline_tags(composition),
    }


def _people(review: Review, filters: Filters, shown: ShownDay, language: str) -> dict:
    composition, findings = review.composition, review.findings
    palette = drawing.Palette(composition)
    writer = roster.Writer(
        composition, palette, today=shown.today, language=language, carry=shown.carry
    )
    listing = listing_of(composition, findings, filters, writer)
    departed_heading, left = departed_of(composition, around(composition)[0])
    departed = [writer.row(sitting) for sitting in left]
    shape = roster.Shape.of((*listing.everybody, *listing.undecided, *departed))
    return {
        "findings": findings,
        "listing": listing,
        "rows": listing.rows,
        "possible": listing.possible,
        "vacancies": listing.vacancies,
        "people": len(listing.everybody),
        "officers": [writer.row(sitting) for sitting in composition.officers],
        "beside": tallies.acting_beside(composition.lines),
        "departed": departed,
        "departed_heading": departed_heading,
        "shape": shape,
        "columns": shape.columns(),
        "sorts": listing.sorts(shape),
        "vacant_key": swatch(None, look="vacant"),
        "offices": [
            (office, [writer.row(sitting) for sitting in office.holders])
            for office in seat_table.inner_offices(composition)
        ],
        "places_path": writer.places,
        **row_words(),
    }


def votes_needed(composition: Composition) -> tuple[Majority, ...]:
    """Of a body that votes: not of one office, nor of an office for each territory."""
    together = any(rule.seats_per_territory != 1 for rule in composition.rules)
    if composition.required is None or composition.required < 2 or not together:
        return ()
    return majorities(composition.required)


def _picture(
    shown: ShownDay, institution: Institution, composition: Composition, language: str
) -> Preview | None:
    """The picture that a link to the page shows, coloured as the page is unless asked otherwise."""
    colouring = drawing.natural_colouring(composition)
    drawn = drawing.drawn(composition, institution, colouring, language)
    return preview("composition_picture", [drawn.drawing], shown.carry, institution.slug)


def _renewals(composition: Composition) -> renewing.Renewals | None:
    """When the classes of a chamber that is renewed in parts are filled anew, and were."""
    found = renewing.renewals_of(renewing.law_of(composition.snapshot), composition.day)
    in_parts = any(each.renewal_class for each in found.ahead)
    return found if in_parts and composition.state is State.IN_OFFICE else None


def _incomplete(composition: Composition) -> bool:
    """Whether a roster that nobody declared complete leaves seats without a word."""
    short = composition.required is None or composition.filled < composition.required
    return composition.state is State.IN_OFFICE and short and not composition.covered


def row_words() -> dict[str, str]:
    """Words that stand in many rows, translated once."""
    return {
        "acting_word": _("acting"),
        "sample_word": _("sample"),
        "no_source": _("No source"),
        "no_party": drawing.no_party(),
        "invented_word": _("invented"),
    }


def rule_sources(composition: Composition) -> dict[int, list[tuple[str, str, str]]]:
    """Title, address and place of what each rule of the day cites."""
    found: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    rows = Citation.objects.filter(seat_rule__in=[rule.id for rule in composition.rules])
    for rule, *source in rows.values_list("seat_rule_id", "source__title", "source__url", "place"):
        found[rule].append(tuple(source))
    return found


def related(institution: Institution) -> dict[str, list[Institution]]:
    """What the institution consists of, followed and was followed by, in one query.

    `counted_parts` are those of its parts that have a seat rule, whatever the day.
    """
    follows = Succession.objects.filter(predecessor=institution, successor=OuterRef("pk"))
    precedes = Succession.objects.filter(successor=institution, predecessor=OuterRef("pk"))
    rules = SeatRule.objects.filter(group__institution=OuterRef("pk"), group__inner=False)
    near = (
        Institution.objects.annotate(counted=Exists(rules))
        .annotate(follows=Exists(follows), precedes=Exists(precedes))
        .filter(Q(parent=institution) | Q(follows=True) | Q(precedes=True))
        .order_by("order", "slug")
    )
    near = list(near)
    return {
        "parts": [each for each in near if each.parent_id == institution.pk],
        "counted_parts": [
            each for each in near if each.parent_id == institution.pk and each.counted
        ],
        "successors": [each for each in near if each.follows],
        "predecessors": [each for each in near if each.precedes],
    }


def consists_of_chambers(institution: Institution, composition: Composition) -> bool:
    """Whether the seats of a body can only be those of its parts, as with a parliament."""
    counted = any(not rule.group.inner for rule in composition.snapshot.rules)
    return institution.branch == Branch.LEGISLATIVE and not counted


def law_since(composition: Composition) -> date | None:
    """The day on which the law of the day last changed the number of seats."""
    begun = [
        rule.force.start
        for rule in seats.rules_of_day(composition.snapshot.rules, composition.day)
        if rule.force.start and not rule.group.inner
    ]
    return max(begun, default=None)


def neighbours(composition: Composition) -> dict:
    """Days worth a link: the first and last of the body, and the convocations around the day."""
    life = composition.snapshot.institution.term
    before, after = around(composition)
    return {
        "first_day": first_of(life),
        "ended": life.end,
        "last_day": last_of(life),
        "before": before,
        "before_last": last_of(before.term) if before else None,
        "after": after,
        "after_first": first_of(after.term) if after else None,
    }


def around(composition: Composition) -> tuple[Convocation | None, Convocation | None]:
    """The last convocation that was over on the day, and the first that had not begun."""
    before: Convocation | None = None
    after: Convocation | None = None
    for convocation in composition.snapshot.convocations:
        end = convocation.term.end
        if end and end.reached_by(composition.day) is Presence.YES:
            before = convocation
        if convocation.term.start.reached_by(composition.day) is Presence.NO and after is None:
            after = convocation
    return before, after


def _addresses(
    request: HttpRequest, institution: Institution, filters: Filters, colouring: str
) -> dict:
    """Links made once, so that rows and headers need none of their own."""
    day = {} if request.shown.is_today else {"on": request.shown.day.isoformat()}
    sort = {"sort": given} if (given := request.GET.get("sort")) else {}
    asked = urlencode({**day, **filters.query, **sort})
    drawn = urlencode({**day, "colour": colouring})
    narrowed = {"party": filters.party, "group": filters.seat, "territory": filters.territory}
    members = {name: value for name, value in narrowed.items() if value}
    tables = {
        f"{suffix}_url": reverse("composition_table", args=[institution.slug, suffix])
        + (f"?{asked}" if asked else "")
        for suffix in ("csv", "xlsx")
    }
    return {
        **tables,
        "kept_sorted": _kept(request, "sort"),
        "kept_coloured": _kept(request, "colour"),
        "svg_url": reverse("composition_svg", args=[institution.slug]) + f"?{drawn}",
        "json_url": reverse("api:composition", args=[institution.slug])
        + (f"?{urlencode({**day, **members})}" if day or members else ""),
        "ever_url": reverse("checks") + ever(institution, request.shown.today),
        "permalink": request.build_absolute_uri(
            f"{request.path}?on={request.shown.day.isoformat()}"
        ),
    }


def _kept(request: HttpRequest, changed: str) -> str:
    """The question of the address without what a link is to change, ready for more."""
    query = request.GET.copy()
    query.pop(changed, None)
    return f"{query.urlencode()}&" if query else ""
