"""Changes as a list and as a feed tell them: what happened, and what was corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import models
from django.urls import reverse
from django.utils.timezone import make_aware

from registry.domain.events import Event
from registry.forms.changes import EDITS, Asked, Tab
from registry.models import Institution
from registry.snapshots.changes import happened
from registry.snapshots.corrections import Version, Work, recorded, versions_of, work_done
from registry.snapshots.movers import Known, known_of, with_people
from registry.snapshots.record_names import Named, names_of
from registry.templatetags.edits import Field, changed_fields, edit_label, many
from registry.templatetags.happenings import VACANCY, event_day, happening, particulars, untaken
from registry.templatetags.wording import text

# A record of a mandate is called after its person first.
PEOPLE = ("person", "appointment")
# The pages about records that have one, or about the institution whose rules they are.
PAGES = {
    "institution": "institution",
    "territory": "territory",
    "party": "party",
    "seatgroup": "rules",
    "seatrule": "rules",
    "renewalclass": "rules",
}
CODES = {code: name for name, code in EDITS.items()}


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with where it is known from, or an edit of the register."""

    event: Event | None = None
    known: Known | None = None
    edit: Edit | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit in words: of one record, or of `number` records told as one.

    `completed` says that it only filled in what was empty. `url` is a page about the record.
    """

    key: str
    kind: str
    moment: datetime
    model: str
    number: int = 1
    name: str = ""
    url: str = ""
    sample: bool = False
    completed: bool = False
    fields: tuple[Field, ...] = ()

    @property
    def label(self) -> str:
        return edit_label(self.kind, completed=self.completed)

    @property
    def summary(self) -> str:
        return many(self.kind, self.number)


@dataclass(frozen=True, slots=True)
class Story:
    """An entry as a feed tells it."""

    key: str
    title: str
    lines: tuple[str, ...]
    url: str
    updated: datetime | None
    category: str


def changes(asked: Asked, institutions: Iterable[Institution]) -> list[Event] | list[Work]:
    """Everything that is asked for, the newest first, in one query, with no names yet."""
    if asked.tab is Tab.CORRECTED:
        kind = EDITS.get(asked.kind, "")
        return work_done(asked.institution, kind, _midnight(asked.first), _midnight(asked.last))
    among = [asked.institution] if asked.institution else institutions
    found = reversed(happened(among, asked.first, asked.last))
    return [event for event in found if _is_kind(event, asked.kind)]


def _midnight(day: date | None) -> datetime | None:
    """When a day begins; the calendar has no moments before its first day nor after its last."""
    if day is None or not date.min + timedelta(days=1) < day < date.max - timedelta(days=1):
        return None
    return make_aware(datetime.combine(day, time.min))


def _is_kind(event: Event, kind: str) -> bool:
    if kind == VACANCY:
        return event.unfilled > 0
    return kind in ("", event.kind)


def entries(page: Iterable[Event | Work]) -> list[Entry]:
    """What a page shows, with people and sources, or fields old and new; five queries at most."""
    shown = list(page)
    events = with_people(each for each in shown if isinstance(each, Event))
    facts = known_of(events) if events else {}
    works = [each for each in shown if isinstance(each, Work)]
    found = [Entry(event, facts[event.key]) for event in events]
    return found + [Entry(edit=edit) for edit in _edits(works)]


def _edits(works: list[Work]) -> list[Edit]:
    versions = versions_of(works)
    wanted: dict[str, set[int]] = defaultdict(set)
    for work in works:
        if work.number > 1:
            continue
        wanted[work.edit.model].add(work.edit.record)
        model, version = recorded()[work.edit.model], versions[work.key]
        for row in filter(None, (version.now, version.before)):
            for field in model._meta.concrete_fields:
                if field.many_to_one and row.get(field.name):
                    wanted[field.related_model._meta.model_name].add(row[field.name])
            for field in model._meta.many_to_many:
                wanted[field.related_model._meta.model_name].update(row[field.name])
    names = names_of(wanted)
    return [_edit(work, versions.get(work.key), names) for work in works]


def _edit(work: Work, version: Version | None, names: dict[tuple[str, int], Named]) -> Edit:
    model = recorded()[work.edit.model]
    kind, label = CODES[work.edit.kind], str(model._meta.verbose_name)
    if version is None:
        label = str(model._meta.verbose_name_plural)
        return Edit(work.key, kind, work.edit.moment, label, number=work.number)
    before = version.before if kind == "changed" else None
    fields = tuple(changed_fields(model, version.now, before, names)) if kind != "removed" else ()
    about = list(_about(work, model, version, names))
    return Edit(
        key=work.key,
        kind=kind,
        moment=work.edit.moment,
        model=label,
        name="; ".join(dict.fromkeys(text(named.texts) for _name, named in about)),
        url=next((url for name, named in about if (url := _address(name, named))), ""),
        sample=bool(version.now.get("sample")) or any(named.sample for _name, named in about),
        completed=kind == "changed" and bool(fields) and not any(field.old for field in fields),
        fields=fields,
    )


def _about(
    work: Work, model: type[models.Model], version: Version, names: dict[tuple[str, int], Named]
) -> Iterable[tuple[str, Named]]:
    """The record itself where it has a name of its own, and else what it belongs to."""
    own = next(
        (version.now[name] for name in ("name", "title", "subject") if version.now.get(name)), None
    )
    here = names.get((work.edit.model, work.edit.record))
    if own is not None:
        texts = own if isinstance(own, dict) else {"und": own}
        yield work.edit.model, here or Named(texts)
        return
    leads = {field.related_model._meta.model_name: field.name for field in _links(model)}
    ordered = sorted(leads.items(), key=lambda lead: lead[0] not in PEOPLE)
    known = ((target, names.get((target, version.now[name]))) for target, name in ordered)
    yield from [(target, named) for target, named in known if named][:2]


def _links(model: type[models.Model]) -> list[models.Field]:
    """What a record belongs to; acts and sources say only where it is known from."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.many_to_one and field.related_model._meta.model_name not in ("act", "source")
    ]


def _address(name: str, named: Named) -> str:
    if named.person:
        return reverse("person", args=[named.person, named.slug])
    if name in PAGES and named.slug:
        return reverse(PAGES[name], args=[named.slug])
    return ""


# For a feed


def story(entry: Entry) -> Story:
    """An entry as a feed tells it; addresses begin at the root of the site."""
    if entry.edit is not None:
        return _edit_story(entry.edit)
    event = entry.event
    if event is None:
        raise ValueError("an entry is an event or an edit")
    body = text(event.institution.names) if event.institution else ""
    title = ": ".join(filter(None, (event_day(event), body, happening(event).rstrip("."))))
    known = entry.known or Known()
    lines = [happening(event), *particulars(event)]
    if event.unfilled:
        lines.append(untaken(event))
    lines += [source for source, _url in known.sources]
    return Story(event.key, title, tuple(lines), event_url(event), known.recorded, event.kind.value)


def event_url(event: Event) -> str:
    """The page that shows the day after which the event has happened."""
    on = f"?on={event.day.isoformat()}"
    if event.institution is None:
        return reverse("territory", args=[event.statuses[0].status.slug]) + on
    return reverse("composition", args=[event.institution.slug]) + on


def _edit_story(edit: Edit) -> Story:
    what = f"{edit.model}: {edit.name or edit.summary}"
    title = f"{edit.label}: {what}"
    lines = [
        title,
        *(f"{each.label}: {each.old or '–'} → {each.new or '–'}" for each in edit.fields),
    ]
    category = "correction" if edit.kind == "changed" and not edit.completed else edit.kind
    url = edit.url or f"{reverse('changes')}?what={Tab.CORRECTED}"
    return Story(edit.key, title, tuple(lines), url, edit.moment, category)
