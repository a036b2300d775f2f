"""The requests of `make fuzz`. Request n of a seed is always the same one."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from typing import Any, TypeVar
from urllib.parse import quote_plus, unquote_to_bytes

from django.core import signing

from tests.fuzz_known import Fields, Known, filled

T = TypeVar("T")
Environ = dict[str, Any]

#: Every so many requests one is for the desk, whose pages take ten times as long.
DESK_EVERY = 4
#: Of a request: that it came through the proxy, and that the desk wants two factors.
PROXIED, TWO_FACTOR = "fuzz.proxied", "fuzz.two_factor"

METHODS = ("GET",) * 6 + ("POST",) * 6 + ("HEAD", "PUT", "DELETE", "OPTIONS", "get", "X" * 99)
ODD = (
    "",
    "%00",
    "%ff%fe",
    "%",
    "%zz",
    "..%2f..%2f",
    "%0d%0aX:1",
    "-1",
    "9" * 30,
    "9" * 5000,
    "0x1",
    "1e9",
    "NaN",
    "\u00b2",
    "\u0661",
    "a" * 5000,
    "a,b,,",
    "<script>",
    "'\"",
    "{{x}}",
    "\x80\xff",
    "%ed%a0%80",
    "[]",
    '{"a":[1]}',
    "null",
    "\x7f",
    "+",
    "%F0%9F%A6%B5",
    "\\",
    "//elsewhere.example",
    "https://elsewhere.example/",
    "2026-13-45",
    "9999-12-31",
    "0000-00-00T25:61",
    "((((((((((",
    "~" * 300,
    ".".join(["a"] * 300),
)
#: Parameters that the guide reads, beside those that its pages name in links and forms.
FIELDS = """
    q in part group page s add from at alarm anew change elsewhere again edit save case show kind p
    answer edition useful next code codes unsent look old new old_number sent _submit _publish
    o e all _popup _to_field _changelist_filters term app_label model_name field_name
    date_hierarchy username password
""".split()  # noqa: SIM905
LOOKUPS = ("exact", "in", "isnull", "gt", "regex", "year", "date", "contains", "id__exact", "")
COOKIES = ("csrftoken", "messages", "sessionid", "check_token_", "check_token_x", "country")
HEADERS = """
    ACCEPT ACCEPT_ENCODING ACCEPT_LANGUAGE AUTHORIZATION CONNECTION COOKIE EXPECT FORWARDED HOST
    HX_CURRENT_URL HX_CURRENT_URL_URI_AUTOENCODED HX_REQUEST HX_TARGET HX_TRIGGER HX_PROMPT
    IF_MATCH IF_MODIFIED_SINCE IF_NONE_MATCH IF_UNMODIFIED_SINCE ORIGIN RANGE REFERER
    SEC_FETCH_MODE SEC_FETCH_SITE SEC_PURPOSE TRANSFER_ENCODING USER_AGENT X_CSRFTOKEN
    X_FORWARDED_FOR X_FORWARDED_HOST X_FORWARDED_PROTO X_HTTP_METHOD_OVERRIDE X_ORIGINAL_URL
    X_REQUEST_ID X_REQUESTED_WITH
""".split()  # noqa: SIM905
TYPES = (
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=hex",
    "application/x-www-form-urlencoded; charset=utf-16",
    "multipart/form-data; boundary=x",
    "multipart/form-data; boundary=x; charset*=bogus''y",
    "multipart/form-data; boundary=",
    f"multipart/form-data; boundary={'x' * 500}",
    "multipart/form-data; boundary=\xff",
    "multipart/form-data",
    "application/json",
    "text/plain; charset*=bogus''x",
    "text/plain; charset*=",
    "",
)
#: What a length may be said to be, beside what it is.
LENGTHS = ("", "0", "9", "x", "-1", "+1", "1e3", "1_0", " ", "\u00b2", "9" * 30, "9" * 5000)
FILES = (
    "",
    "- model: guide.section\n  fields: {slug: x, title: {}}\n",
    "- model: guide.nothing\n",
    "- [" * 500,
    "a: &a [*a, *a]\n",
    "!!python/object/apply:os.getcwd []\n",
    "\x00\xff\xfe",
    "PK\x03\x04" + "\x00" * 60,
    "- model: guide.country\n  pk: [1]\n  fields: 7\n",
)


def request(seed: int, number: int, known: Known) -> Environ:
    """Return request `number` of a seed, as gunicorn would hand it over."""
    maker = _Maker(random.Random(f"{seed}.{number}"), known)
    return maker.environ(route(number, known))


def route(number: int, known: Known) -> str:
    """Return the pattern that a request is for: all of them take turns."""
    if is_for_desk(number):
        return known.desk[number // DESK_EVERY % len(known.desk)]
    return known.readers[number % len(known.readers)]


def is_for_desk(number: int) -> bool:
    return number % DESK_EVERY == 0


class _Maker:
    def __init__(self, chance: random.Random, known: Known) -> None:
        self.chance, self.known = chance, known

    def often(self, share: float) -> bool:
        return self.chance.random() < share

    def one(self, of: Sequence[T]) -> T:
        return self.chance.choice(of)

    def odd(self) -> str:
        if self.often(0.8):
            return self.one(ODD)
        size = self.chance.randrange(40)
        return "".join(chr(self.chance.randrange(1, 256)) for _ in range(size))

    def word(self, name: str = "") -> str:
        """Return a value for a parameter: mostly one that makes sense there."""
        good = self.known.words.get(name)
        if good and self.often(0.7):
            return self.one(good)
        return self.odd() if self.often(0.6) else self.one(self.known.words["name"])

    def name(self) -> str:
        if self.known.names and self.often(0.5):
            name = self.one(self.known.names)
            return f"{name}__{self.one(LOOKUPS)}" if self.often(0.1) else name
        return self.one(FIELDS) if self.often(0.95) else self.odd()

    def pairs(self) -> Fields:
        names = [self.name() for _ in range(self.one((0, 1, 2, 3, 8)))]
        return [(name, self.word(name)) for name in names]

    def path(self, pattern: str) -> str:
        def choose(values: Sequence[str]) -> str:
            return self.one(values) if self.often(0.85) else self.odd()

        path = filled(pattern, self.known.words, choose)
        if self.often(0.05):
            path += self.odd()
        return unquote_to_bytes(path.encode("latin-1", "replace")).decode("latin-1")

    def altered(self, fields: Fields) -> Fields:
        """Return a form with none to three of its fields left out, changed or said twice."""
        changed = list(fields)
        for _ in range(self.one((0, 1, 1, 2, 3))):
            if changed:
                place = self.chance.randrange(len(changed))
                name, _ = changed[place]
                changed[place : place + 1] = self.one(
                    ([], [(name, self.odd())], [(name, self.odd()), changed[place]])
                )
        return changed + (self.pairs() if self.often(0.2) else [])

    def cookies(self, token: str) -> str:
        kept = [(name, self.word()) for name in self.chance.sample(COOKIES, self.one((0, 0, 1, 2)))]
        for name, salt in self.known.answers.items():
            if self.often(0.4):
                kept.append((name, self.signed(salt)))
        if self.often(0.8):
            kept.append(("sessionid", self.one(self.known.sessions)))
        return "; ".join(f"{name}={value}" for name, value in [*kept, ("csrftoken", token)])

    def signed(self, salt: str) -> str:
        """Return answers as the guide signs them, right ones and others; some are tampered with."""
        codes = [self.word("answer") for _ in range(self.one((0, 1, 3, 9)))]
        text = ".".join([self.word("edition"), *(sorted(codes) if self.often(0.8) else codes)])
        if self.often(0.2):
            text += "~" + self.one((text, self.word(), "1.aa"))
        signed = signing.get_cookie_signer(salt=salt).sign(text)
        return signed if self.often(0.9) else signed[:-1]

    def body(self, fields: Fields) -> tuple[str, bytes]:
        if self.often(0.6):
            pairs = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in fields)
            return TYPES[0], pairs.encode("latin-1", "replace")
        if self.often(0.5):
            return "multipart/form-data; boundary=x", self.parts(fields)
        pairs = "&".join(f"{name}={value}" for name, value in self.pairs())
        return self.one(TYPES), pairs.encode("latin-1", "replace")

    def parts(self, fields: Fields) -> bytes:
        made = [f'; name="{name}"\r\n\r\n{value}' for name, value in fields]
        if self.often(0.4):
            name = self.one(("a.yaml", "a.zip", "../a.yaml", "a" * 300, ""))
            made.append(f'; name="file"; filename="{name}"\r\n\r\n{self.one(FILES)}')
        if self.often(0.1):
            made.append(self.odd())
        body = "".join(f"--x\r\nContent-Disposition: form-data{part}\r\n" for part in made)
        whole = f"{body}--x--\r\n".encode("utf-8", "replace")
        return whole if self.often(0.85) else whole[: self.chance.randrange(len(whole))]

    def environ(self, pattern: str) -> Environ:
        method, proxied = self.one(METHODS), self.often(0.5)
        forms = self.known.forms.get(pattern)
        if method == "POST" and not forms and self.often(0.8):
            method = "GET"  # most pages are only read, and one refusal is like the other
        form = self.one(forms) if forms and method == "POST" and self.often(0.7) else None
        kind, body = self.body(self.altered(form.fields) if form else self.pairs())
        token = "".join(self.chance.choices("abcdefgh", k=32))
        place = f"192.0.2.{self.chance.randrange(256)}"
        query = "&".join(f"{name}={value}" for name, value in self.pairs())
        made: Environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": form.path if form else self.path(pattern),
            "QUERY_STRING": "" if form and self.often(0.7) else query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "443",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1" if proxied else place,
            "HTTP_HOST": "localhost",
            "HTTP_ORIGIN": "https://localhost",
            "HTTP_SEC_FETCH_SITE": "same-origin",
            "HTTP_X_CSRFTOKEN": token if self.often(0.9) else self.odd(),
            "HTTP_COOKIE": self.cookies(token),
            "CONTENT_TYPE": kind,
            "CONTENT_LENGTH": str(len(body)) if self.often(0.9) else self.one(LENGTHS),
            "wsgi.url_scheme": "http" if proxied else "https",
            "wsgi.input": io.BytesIO(body),
            PROXIED: proxied,
            TWO_FACTOR: self.often(0.1),
        }
        if proxied:
            made |= {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_FOR": f"x, {place}"}
        for name in self.chance.sample(HEADERS, self.one((0, 0, 0, 1, 4))):
            made[f"HTTP_{name}"] = self.word()
        return {name: _as_bytes(value) for name, value in made.items()}


def _quoted(text: str) -> str:
    """Quote what is not quoted yet: an odd word may be an escape that is meant to arrive."""
    return text if "%" in text else quote_plus(text)


def _as_bytes(value: Any) -> Any:
    """Return text as a server hands it over: one character for each byte."""
    if not isinstance(value, str):
        return value
    return value.encode("latin-1", "replace").decode("latin-1")
