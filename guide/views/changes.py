"""What changed in the guide: a page for people and a feed for their readers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from guide.reading import changes as reading
from guide.reading.addresses import site
from guide.reading.live import stamp
from guide.views.page import page, read_only
from guide.views.paging import page_number


@read_only
def changes(request: HttpRequest) -> HttpResponse:
    now = stamp()
    found = reading.changes(now, page_number(request))
    return page(request, "guide/about/changes.html", now, {"page": found})


@read_only
def feed(request: HttpRequest) -> HttpResponse:
    """The newest changes as Atom, of which Django's own classes for feeds ask a `Site`."""
    base, address = site(request), reverse("changes")
    atom = Atom1Feed(
        title="Changes to LegRelief",
        link=base + address,
        description="What changed in the guide to leg aches and cramps at night, and why.",
        language="en-US",
        author_name="LegRelief",
        feed_url=base + request.path,
    )
    for change in reading.newest(stamp()):
        atom.add_item(
            title=change["title"],
            link=base + (change["address"] or address),
            description=escape(change["said"]),  # Django calls what it writes there HTML
            unique_id=f"{base}{address}#{change['key']}",
            pubdate=change["at"],
            updateddate=change["at"],
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)
