"""Public pages as ready bytes: rendered once for a state of the guide, then only handed out.

A page that says which state of the guide it was made from (`response.live`) is the same bytes
for everyone, so its bytes are kept under the address: plain, gzip and brotli. They are handed
out as long as that state is the newest, which is asked at most twice a second, and in the next
one too if nothing that the page is made of has changed. A page that has not looked at the query is
kept once for all queries. Whatever sets a cookie, varies, or says by itself how long it may be kept
is none of our business.

`keeps` is the first of all middleware: what is kept has every header that the others added.
`handed_out` stands before Django itself, whose making of a request and an answer would cost more
than all that is done here.
"""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import brotli  # type: ignore[import-untyped]
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import ResponseHeaders
from django.utils.http import parse_etags

from guide.counting.pages import count_view, is_counted, is_reader
from guide.reading.asked import Topics, noting
from guide.reading.live import Change, Live, on_change, stamp
from legrelief.middleware import Handler

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: Browsers ask every time and mostly hear 304; a proxy may hand out a page for a second. Only
#: a reader who comes straight back may see a page that is five seconds behind.
CACHE_CONTROL = "public, max-age=0, s-maxage=1, stale-while-revalidate=5"
#: Bytes of all kept pages of a process; the one asked for the longest time ago goes first.
ROOM = 12 * 1024 * 1024
#: Characters of what a page is kept under. Longer queries are typed by nobody.
KEY_AT_MOST = 300
#: Nothing of a reader's answers or of staff comes near what is kept.
PERSONAL = ("/check/", "/admin/")
READS = {"GET", "HEAD"}
#: What is said of a body, and so not in an answer without one.
OF_THE_BODY = {"Content-Type", "Content-Length", "Content-Encoding"}

#: How well to compress what somebody waits for, and what is asked for again. To make a page a
#: tenth smaller takes brotli ten times as long.
QUICK = {"br": 5, "gzip": 2}
SMALL = {"br": 10, "gzip": 9}


class Key(NamedTuple):
    """Where a page is kept: how it was asked for, and in which encoding it is sent."""

    scheme: str
    host: str
    path: str
    query: str
    encoding: str

    @property
    def bare(self) -> Key:
        """The same page without a query."""
        return self._replace(query="")


class Kept(NamedTuple):
    """A page in one encoding, and the state of the guide that it was made from."""

    live: Live
    #: What of the guide it was made of.
    asked: Topics
    etag: str
    headers: dict[str, str]
    #: Of an answer that the reader's copy is still good.
    unchanged: dict[str, str]
    body: bytes
    #: What there is to count when it is shown, beside that it was shown.
    counts: Callable[[], None] | None
    #: Whether it is the same page whatever follows a "?" in its address.
    any_query: bool
    #: Whether it may still be made smaller.
    quick: bool


class Shelf:
    """Kept pages by address, the latest used last, within a bound of bytes."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.filled = 0
        self.pages: OrderedDict[Key, Kept] = OrderedDict()
        self.lock = Lock()
        self.hits = self.misses = 0

    def get(self, key: Key) -> Kept | None:
        with self.lock:
            found = self.pages.get(key)
            if found is None and key.query:
                key = key.bare
                found = self.pages.get(key)
                if found and not found.any_query:
                    return None
            if found:
                self.pages.move_to_end(key)
            return found

    def put(self, key: Key, page: Kept) -> None:
        with self.lock:
            self._drop(key)
            self.pages[key] = page
            self.filled += _size(key, page)
            while self.filled > self.room:
                self._drop(next(iter(self.pages)))

    def clear(self) -> None:
        with self.lock:
            self.pages.clear()
            self.filled = 0

    def follow(self, change: Change) -> None:
        """Go on to another state of the guide with what reads the same in it."""
        with self.lock:
            for key, page in [*self.pages.items()]:
                if now := change.carries(page.live, page.asked):
                    self.pages[key] = page._replace(live=now)
                else:
                    self._drop(key)

    def _drop(self, key: Key) -> None:
        if key in self.pages:
            self.filled -= _size(key, self.pages.pop(key))


shelf = Shelf(ROOM)
on_change(shelf.follow)


def keeps(get_response: Handler) -> Handler:
    """Keep what is the same for everyone, and answer from what is kept."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        key = key_of(request.META)
        if key is None:
            return get_response(request)
        found = newest(key)
        if found is None:
            with noting() as asked:
                response = get_response(request)
            found = keep(request, response, key, frozenset(asked))
            if found is None:
                return response
            shelf.misses += 1
        return answer(request, found)

    return middleware


def handed_out(application: WSGIApplication) -> WSGIApplication:
    """Answer from what is kept before a request reaches an application, and count it."""

    def answered(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        key = key_of(environ)
        found = newest(key) if key else None
        if found is None:
            return application(environ, start_response)
        if settings.FEEDBACK and is_reader(environ) and is_counted(environ["PATH_INFO"]):
            count_view(environ["PATH_INFO"])
            if found.counts:
                found.counts()
        if is_unchanged(environ, found):
            start_response("304 Not Modified", [*found.unchanged.items()])
            return []
        start_response("200 OK", [*found.headers.items()])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [found.body]

    return answered


def key_of(meta: Mapping[str, Any]) -> Key | None:
    """Return what a page is kept under; None if what is asked for is not kept.

    A proxy that ends TLS says so in a header. Django has made a page for all that is in the key
    before it is kept, so that no host or scheme is answered that it would refuse.
    """
    path = meta["PATH_INFO"]
    if path.startswith(PERSONAL) or meta["REQUEST_METHOD"] not in READS:
        return None
    return Key(
        meta["wsgi.url_scheme"] + meta.get("HTTP_X_FORWARDED_PROTO", ""),
        meta.get("HTTP_HOST", ""),
        path,
        meta.get("QUERY_STRING", ""),
        encoding_for(meta.get("HTTP_ACCEPT_ENCODING", "")),
    )


def newest(key: Key) -> Kept | None:
    """Return a page that is kept, if it was made from the newest state of the guide."""
    if shelf.get(key) is None:
        return None
    now = stamp()  # it lets go of what has changed
    found = shelf.get(key)
    if found is None or found.live != now:
        return None
    shelf.hits += 1
    if found.quick:
        found = smaller(found, key.encoding)
        shelf.put(key.bare if found.any_query else key, found)
    return found


def keep(request: HttpRequest, response: HttpResponseBase, key: Key, asked: Topics) -> Kept | None:
    """Keep a page that is the same for everyone; None for any other answer."""
    live: Live | None = getattr(response, "live", None)
    if live is None or response.status_code != 200 or not isinstance(response, HttpResponse):
        return None
    if response.cookies or response.has_header("Vary") or response.has_header("Cache-Control"):
        return None
    encoding = key.encoding
    body = response.content
    packed = response.get("Content-Encoding") == encoding  # drawn ahead, and small by then
    word = getattr(response, "digest", None) or digest(body)
    etag = f'"{word}{"-" if encoding else ""}{encoding}"'
    quick = encoding in QUICK and not packed
    if quick:
        body = compressed(body, encoding, QUICK)
    headers = {
        **response.headers,
        "Cache-Control": CACHE_CONTROL,
        "Content-Length": str(len(body)),
        # The same page, and not for ever, nor in each process, the same bytes.
        "ETag": f"W/{etag}" if encoding else etag,
        "Vary": "Accept-Encoding",
        **({"Content-Encoding": encoding} if encoding else {}),
    }
    unchanged = {name: value for name, value in headers.items() if name not in OF_THE_BODY}
    counts = getattr(response, "counts", None)
    # What nothing has looked at makes no difference to what is shown.
    any_query: bool = getattr(response, "any_query", "GET" not in vars(request))
    page = Kept(live, asked, etag, headers, unchanged, body, counts, any_query, quick)
    key = key.bare if any_query else key
    if sum(map(len, key)) <= KEY_AT_MOST:
        shelf.put(key, page)
    return page


def digest(plain: bytes) -> str:
    """Return a word that is another one for each page."""
    return sha256(plain).hexdigest()[:20]


def smaller(page: Kept, encoding: str) -> Kept:
    """Return a page that was compressed in haste, compressed well."""
    plain = brotli.decompress(page.body) if encoding == "br" else gzip.decompress(page.body)
    body = compressed(plain, encoding, SMALL)
    headers = {**page.headers, "Content-Length": str(len(body))}
    return page._replace(body=body, headers=headers, quick=False)


def compressed(plain: bytes, encoding: str, levels: Mapping[str, int]) -> bytes:
    if encoding == "br":
        return bytes(brotli.compress(plain, quality=levels[encoding]))
    return gzip.compress(plain, levels[encoding], mtime=0) if encoding else plain


def answer(request: HttpRequest, page: Kept) -> HttpResponse:
    """Hand out a kept page, or say that the reader's copy is still good."""
    if is_unchanged(request.META, page):
        response = HttpResponse(status=304)
        response.headers = ResponseHeaders(page.unchanged)
    else:
        response = HttpResponse(page.body)
        response.headers = ResponseHeaders(page.headers)
    if page.counts:
        response.counts = page.counts  # type: ignore[attr-defined]
    return response


def is_unchanged(meta: Mapping[str, Any], page: Kept) -> bool:
    """Tell whether the copy that a reader has is still good."""
    # For a 304 weak tags are as good as strong ones (RFC 9110, 13.1.2).
    asked = meta.get("HTTP_IF_NONE_MATCH", "")
    tags = parse_etags(asked) if asked else []
    return "*" in tags or page.etag in {tag.removeprefix("W/") for tag in tags}


@lru_cache(maxsize=256)
def encoding_for(accepted: str) -> str:
    """Return the encoding to send to a browser that accepts these: "" sends it plain."""
    weights = dict(_weights(accepted[:200].lower()))
    return next((name for name in ("br", "gzip") if weights.get(name, "0") != "0"), "")


def _weights(accepted: str) -> Iterator[tuple[str, str]]:
    for part in accepted.split(","):
        name, _, weight = part.partition(";q=")
        yield name.strip(), weight.strip().rstrip("0").rstrip(".") or ("0" if weight else "1")


def _size(key: Key, page: Kept) -> int:
    overhead = 2048  # the headers and the objects around them
    return len(page.body) + overhead
