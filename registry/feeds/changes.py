"""The changes as an Atom feed, with the filters of their page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.feeds.questions import authority, followed
from registry.forms.changes import Asked, Tab, period_asked
from registry.models import Institution
from registry.serialise.changes import Story, changes, entries, story
from registry.serialise.imprint import Imprint, imprint, opened
from registry.templatetags.wording import text

MOST = 50
# The year in which these identifiers were first given out, which they name for good.
SINCE = 2026


class Asking(NamedTuple):
    """Who asks for what: what every part of the feed is made from."""

    request: HttpRequest
    asked: Asked
    institutions: list[Institution]
    imprint: Imprint


class OpenAtom(Atom1Feed):
    """Atom with the licence of the data and its revision."""

    content_type = "application/atom+xml; charset=utf-8"

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        said: Imprint = self.feed["imprint"]
        handler.addQuickElement("link", None, {"rel": "license", "href": said.licence_url})
        handler.addQuickElement("generator", _("Institutions Register"), {"version": said.revision})


class Changes(Feed):
    """The newest fifty of what the page of changes lists; answers 400 to a bad question."""

    feed_type = OpenAtom

    def get_object(self, request: HttpRequest) -> Asking:
        institutions = list(Institution.objects.order_by("order", "slug"))
        first, last = period_asked(request.GET)
        if last is None:
            last = date.fromordinal(localdate().toordinal() + 1)
        asked = Asked.read(request.GET, institutions, first, last)
        return Asking(request, asked, institutions, imprint())

    def title(self, asking: Asking) -> str:
        asked = asking.asked
        name = text(asked.institution.name) if asked.institution else ""
        if asked.tab is Tab.CORRECTED:
            said = _("What was corrected in the register")
        else:
            said = _("What happened")
        return f"{name}: {said}" if name else said

    def subtitle(self, asking: Asking) -> str:
        if asking.asked.tab is Tab.CORRECTED:
            return _("Additions, corrections and removals of records, with values old and new.")
        return _("Events with their real-world date; “updated” is when each was recorded.")

    def link(self, asking: Asking) -> str:
        query = asking.request.GET.urlencode()
        address = reverse("changes")
        return f"{address}?{query}" if query else address

    def feed_url(self, asking: Asking) -> str:
        return asking.request.get_full_path()

    def feed_guid(self, asking: Asking) -> str:
        path = asking.request.get_full_path().lstrip("/")
        return f"tag:{authority(asking.request)},{SINCE}:{path}"

    def author_name(self) -> str:
        return settings.PUBLISHER or _("Institutions Register")

    def feed_copyright(self, asking: Asking) -> str:
        return _("Licence: %(licence)s") % {"licence": asking.imprint.licence}

    def feed_extra_kwargs(self, asking: Asking) -> dict[str, Any]:
        return {"imprint": asking.imprint}

    def items(self, asking: Asking) -> list[tuple[Asking, Story]]:
        found = changes(asking.asked, asking.institutions)[:MOST]
        return [(asking, story(entry)) for entry in entries(found)]

    def item_title(self, item: tuple[Asking, Story]) -> str:
        return item[1].title

    def item_description(self, item: tuple[Asking, Story]) -> str:
        lines = format_html_join("", "<li>{}</li>", ((line,) for line in item[1].lines))
        return format_html("<ul>{}</ul>", lines)

    def item_link(self, item: tuple[Asking, Story]) -> str:
        return item[1].url

    def item_guid(self, item: tuple[Asking, Story]) -> str:
        return f"tag:{authority(item[0].request)},{SINCE}:changes/{quote(item[1].key)}"

    def item_updateddate(self, item: tuple[Asking, Story]) -> datetime:
        return item[1].updated or datetime(SINCE, 1, 1, tzinfo=UTC)

    def item_categories(self, item: tuple[Asking, Story]) -> list[str]:
        return [item[1].category]


@followed
def atom(request: HttpRequest) -> HttpResponse:
    response = Changes()(request)
    response["Content-Language"] = get_language() or "en"
    return opened(response, imprint())
