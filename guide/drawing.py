"""Draw public pages ahead: after a publish, a load, a deploy, and when a planned day has come."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from io import BytesIO
from typing import NamedTuple

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import resolve

from guide.drawn_pages import stored_topics
from guide.kept_pages import PERSONAL, SMALL, compressed, digest
from guide.models import DrawnPage
from guide.pages.batched import batched
from guide.reading.addresses import all_addresses, site
from guide.reading.asked import Topics, noting
from guide.reading.live import Live, changed, live
from guide.release import release

#: So many pages are drawn while who publishes waits, two seconds' work at most, and by a command
#: that has more to do than that. `manage.py draw_pages` draws the others.
AT_ONCE, BY_THE_WAY = 40, 200
#: Pages in one transaction, so that nobody has to wait for long.
BATCH = 50
#: So long after another release what an earlier one drew is of no use any more.
LEFT_FOR = timedelta(days=2)


class _Known(NamedTuple):
    live: Live
    asked: Topics


class _Request(WSGIRequest):
    """Asks for a page as most readers do, so that for them it names the right address."""

    def __init__(self, path: str) -> None:
        super().__init__(
            {"REQUEST_METHOD": "GET", "PATH_INFO": path, "wsgi.url_scheme": "http"}
            | {"wsgi.input": BytesIO()}
        )

    def get_host(self) -> str:
        return settings.SERVED_AT


def can_draw() -> bool:
    """Tell whether static files have the names that pages need: they do once they are collected."""
    named = getattr(staticfiles_storage, "hashed_files", None)
    if named is None:  # they have no other names than their own
        return True
    return all(path in named for finder in get_finders() for path, _ in finder.list([]))


def draw(most: int | None = None) -> int:
    """Draw the pages that are missing or read differently by now. Return how many.

    Where there are more than `most`, those on which a unit is read that changed come first.
    """
    now, known = live(), _known()
    changes = {before: changed(before, now) for before, _ in known.values()}
    good = {path for path, one in known.items() if changes[one.live].carries(*one)}
    paths = [address.path for address in all_addresses(now) if is_to_draw(address.path)]
    news = frozenset().union(*(change.topics or () for change in changes.values()))
    units = {topic for topic in news if len(topic) > 1}
    wanted = [path for path in paths if path not in good]
    wanted.sort(key=lambda path: path in known and units.isdisjoint(known[path].asked))
    _go_on([path for path in good if known[path].live != now], now)
    _let_go(known.keys() - set(paths), now)
    wanted = wanted[:most]
    for batch in batched(wanted, BATCH):
        _store([page for path in batch if (page := _page(path))])
    return len(wanted)


def draw_soon() -> None:
    """Draw what a publish changed as soon as it is stored. It is published whatever becomes of
    that."""
    if can_draw():
        transaction.on_commit(_draw_some, robust=True)


def _draw_some() -> None:
    draw(AT_ONCE)


def is_to_draw(path: str) -> bool:
    """Tell whether a page is drawn ahead: one of many that a query makes of a page is not."""
    return "?" not in path and not path.startswith(PERSONAL)


def _known() -> Mapping[str, _Known]:
    """Return of what state each page is that this release drew, and of what it is made."""
    pages = DrawnPage.objects.filter(release=release())
    columns = pages.values_list("path", "newest", "since", "moved", "at", "asked")
    return {
        path: _Known(Live.stored(newest, since, moved, at), stored_topics(asked))
        for path, newest, since, moved, at, asked in columns
    }


def _page(path: str) -> DrawnPage | None:
    """Draw a page; None if it is not there, or says by itself how it may be kept."""
    request = _Request(path)
    request.resolver_match = match = resolve(path)
    with noting() as asked:
        try:
            response = match.func(request, *match.args, **match.kwargs)
        except Http404:
            return None
        if isinstance(response, TemplateResponse):
            response.render()
    state: Live | None = getattr(response, "live", None)
    if state is None or response.status_code != 200 or set(response.headers) != {"Content-Type"}:
        return None
    return DrawnPage(
        path=path,
        release=release(),
        **state.to_store(),
        asked=json.dumps(sorted(asked)),
        any_query="GET" not in vars(request),  # nothing has looked at it
        html=compressed(response.content, "br", SMALL),
        digest=digest(response.content),
        site=site(request),
    )


def _store(pages: Sequence[DrawnPage]) -> None:
    """Put pages in the place of what was drawn before, whoever draws the same at this moment."""
    anew = ["newest", "since", "moved", "at", "asked", "any_query", "html", "digest", "site"]
    DrawnPage.objects.bulk_create(
        pages,
        update_conflicts=True,
        unique_fields=["path", "release"],
        update_fields=anew,
    )


def _go_on(good: Sequence[str], now: Live) -> None:
    """Say of pages that they are good now too, so that their readers need not find it out."""
    for batch in batched(good, BATCH):
        DrawnPage.objects.filter(release=release(), path__in=batch).update(**now.to_store())


def _let_go(gone: Collection[str], now: Live) -> None:
    """Drop the pages that are not there any more, and those that an earlier release drew."""
    DrawnPage.objects.filter(release=release(), path__in=gone).delete()
    earlier = DrawnPage.objects.exclude(release=release())
    earlier.filter(at__lt=(now.now - LEFT_FOR).isoformat()).delete()
