"""What `make fuzz` knows of the guide, so that its requests get past the first check.

Read out of a loaded guide once: addresses, people who are signed in, the forms that pages hold
and the parameters that their links name. A form that is right but for one field gets further
than noise.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.contrib.auth.models import User
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from guide.reading import questionnaires
from guide.reading.live import live
from guide.views.answers import COOKIE
from tests import make

DESK = "/admin/"
#: A part of an address, and the kind of what may follow it.
KINDS = {"guide": "article", "stretches": "stretch", "routines": "routine"}
KINDS |= {"sources": "source", "claims": "claim"}
GROUPS = ("Editors", "Publishers", "Clinical reviewers")
_FREE = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^()]*\)|\$")

Fields = list[tuple[str, str]]


class Form(NamedTuple):
    """A form as a page holds it, and where it is sent."""

    path: str
    fields: Fields


class Known(NamedTuple):
    """All that requests are made of. The forms are kept by the pattern of their address."""

    readers: list[str]
    desk: list[str]
    words: dict[str, list[str]]
    answers: dict[str, str]
    sessions: list[str]
    forms: dict[str, list[Form]]
    names: list[str]


def patterns() -> list[str]:
    """Every address of the site, `<...>` where a part of it is free."""

    def walk(found: list[Any], start: str) -> Iterator[str]:
        for one in found:
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, start + str(one.pattern))
            elif isinstance(one, URLPattern):
                yield start + str(one.pattern).lstrip("^")  # as Django joins them

    return list(walk(get_resolver().url_patterns, "/"))


def filled(pattern: str, words: dict[str, list[str]], choose: Any) -> str:
    """Return a path of a pattern, a word chosen for each free part of it."""

    def word(free: re.Match[str]) -> str:
        name, before = free[1] or free[2], pattern[: free.start()].split("/")[-2:][0]
        return str(choose(words.get(f"{before} {name}") or words.get(name) or [""])) if name else ""

    return _FREE.sub(word, pattern)


def known(*, pages: bool = True) -> Known:
    """Read what there is to know; `pages` opens each page for its forms and links."""
    all_ = patterns()
    words, forms, names = _words(), defaultdict[str, list[Form]](list), set[str]()
    root = User.objects.create_superuser("sue", password="a-long-test-password")
    staff = [make.staff(group.split()[0].lower(), group) for group in GROUPS]
    others = [User.objects.create_user("stan", is_staff=True), User.objects.create_user("rita")]
    if pages:
        client = Client(headers={"Host": "localhost"})
        client.force_login(root)
        for pattern in all_:
            path = filled(pattern, words, lambda values: values[0])
            for found in _forms(client, path, names):
                forms[_pattern_of(found.path)].append(found)
    return Known(
        readers=[one for one in all_ if not one.startswith(DESK)],
        desk=[one for one in all_ if one.startswith(DESK)],
        words=words,
        answers=_answers(words["check slug"]),
        # Most of the desk is behind what only a superuser may do.
        sessions=[signed_in(user) for user in (root, root, root, *staff, *others)],
        forms=dict(forms),
        names=sorted(names),
    )


def signed_in(user: User) -> str:
    """Return a session in which a person is signed in."""
    client = Client()
    client.force_login(user)
    return str(client.cookies["sessionid"].value)


def _words() -> dict[str, list[str]]:
    now = live()
    slugs = {
        f"{before} slug": sorted(now.editions.filter(kind=kind).values_list("slug", flat=True))
        for before, kind in KINDS.items()
    }
    voices = [start["slug"] for start in questionnaires.starts(now)]
    flows = [questionnaires.flow(now, slug)[1] for slug in voices]
    return {
        **slugs,
        "check slug": voices,
        "name": [asked.slug for flow in flows for asked in flow.questions],
        "answer": sorted({code for flow in flows for code in flow.floor_of}),
        "number": ["1", "2"],
        "edition": ["1", "1", "2", "999999999"],
        "app_label": ["guide", "auth"],
        **{name: list("123456789") for name in ("pk", "object_id", "id")},
        "content_type_id": ["1"],
        "page": ["/help/", "/faq/", *(f"/guide/{slug}/" for slug in slugs["guide slug"])],
        "useful": ["yes", "no"],
        "part": ["calf", "thigh"],
        "s": [
            "~".join(f"{slug}.{hold}x{hold % 9 + 1}" for slug in slugs["stretches slug"][-8:])
            for hold in range(5, 400)
        ],
        "q": ["cramp", "calf at night", "blood clot", "magnesium"],
    }


def _answers(voices: Iterable[str]) -> dict[str, str]:
    """Return the cookies that hold answers, and with what each is signed."""
    now = live()
    return {COOKIE + slug: COOKIE + slug + questionnaires.voice_key(now, slug) for slug in voices}


def _pattern_of(path: str) -> str:
    return f"/{resolve(path).route}"


def _forms(client: Client, path: str, names: set[str]) -> Iterator[Form]:
    """Yield the forms of a page that are posted to this site; add the names of parameters."""
    answer = client.get(path, secure=True)
    if answer.streaming or not answer.headers.get("Content-Type", "").startswith("text/html"):
        return
    page = _Forms(answer.content.decode())
    names |= page.names
    for action, fields in page.posted:
        to = urlsplit(urljoin(path, action)).path
        try:
            _pattern_of(to)
        except Resolver404:
            continue
        yield Form(to, fields)


class _Forms(HTMLParser):
    """The posted forms of a page with their fields as they are, and the names in its links."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.posted: list[tuple[str, Fields]] = []
        self.fields: Fields = []
        self.inside, self.text = "", ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        name, kind = told.get("name", ""), told.get("type", "text")
        self.names |= {name for name, _ in parse_qsl(urlsplit(told.get("href", "")).query)}
        if tag == "form":
            self.fields = []
            if told.get("method", "").lower() == "post":
                self.posted.append((told.get("action", ""), self.fields))
        elif tag in {"input", "button"} and name:
            self.names.add(name)
            if kind not in {"checkbox", "radio"} or "checked" in told:
                self.fields.append((name, told.get("value", "on" if kind == "checkbox" else "")))
        elif tag in {"select", "textarea"}:
            self.names.add(name)
            self.inside, self.text = name, ""
        elif tag == "option" and "selected" in told:
            self.fields.append((self.inside, told.get("value", "")))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.fields.append((self.inside, self.text.removeprefix("\n")))
