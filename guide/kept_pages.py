"""Public pages as ready bytes: rendered once for a state of the guide, then only handed out.

A page that says which state of the guide it was made from (`response.live`) is the same bytes
for everyone, so its bytes are kept under the address: plain, gzip and brotli. They are handed
out as long as that state is the newest, which is asked at most twice a second. Whatever sets a
cookie, varies, or says by itself how long it may be kept is none of our business.

First of all middleware: what is kept has every header that the others added.
"""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Callable, Iterator
from functools import lru_cache
from hashlib import sha256
from threading import Lock
from typing import NamedTuple

import brotli  # type: ignore[import-untyped]
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import ResponseHeaders
from django.utils.http import parse_etags

from guide.reading.live import Live, on_new_state, stamp

Handler = Callable[[HttpRequest], HttpResponseBase]

#: Browsers ask every time and mostly hear 304; a proxy may hand out a page for a second. Only
#: a reader who comes straight back may see a page that is five seconds behind.
CACHE_CONTROL = "public, max-age=0, s-maxage=1, stale-while-revalidate=5"
#: Bytes of all kept pages of a process; the one asked for the longest time ago goes first.
ROOM = 32 * 1024 * 1024
#: Bytes of a query that a page is kept under. Longer ones are typed by nobody.
QUERY_AT_MOST = 200
#: Nothing of a reader's answers or of staff comes near what is kept.
PERSONAL = ("/check/", "/admin/")
#: What is said of a body, and so not in an answer without one.
OF_THE_BODY = {"Content-Type", "Content-Length", "Content-Encoding"}

ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda plain: bytes(brotli.compress(plain, quality=10)),
    "gzip": lambda plain: gzip.compress(plain, 9, mtime=0),
    "": lambda plain: plain,
}

Key = tuple[str, str, str, str, str]


class Kept(NamedTuple):
    """A page in one encoding, and the state of the guide that it was made from.

    The headers are ready-made, for a whole answer and for 304: to check and encode them anew
    would cost as much as all the rest. Nothing that stands before this middleware changes them.
    """

    live: Live
    etag: str
    headers: ResponseHeaders
    unchanged: ResponseHeaders
    body: bytes
    counts: Callable[[], None] | None


class Shelf:
    """Kept pages by address, the latest used last, within a bound of bytes."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.filled = 0
        self.pages: OrderedDict[Key, Kept] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Key) -> Kept | None:
        with self.lock:
            found = self.pages.get(key)
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

    def _drop(self, key: Key) -> None:
        if key in self.pages:
            self.filled -= _size(key, self.pages.pop(key))


shelf = Shelf(ROOM)
on_new_state(shelf.clear)


def kept_pages(get_response: Handler) -> Handler:
    """Answer from what is kept, and keep what is the same for everyone."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(PERSONAL) or request.method not in {"GET", "HEAD"}:
            return get_response(request)
        meta = request.META
        encoding = encoding_for(meta.get("HTTP_ACCEPT_ENCODING", ""))
        key = (
            request.scheme or "",
            meta.get("HTTP_HOST", ""),
            request.path_info,
            meta.get("QUERY_STRING", ""),
            encoding,
        )
        found = shelf.get(key)
        if found is None or found.live != stamp():
            response = get_response(request)
            found = keep(response, key)
            if found is None:
                return response
        return answer(request, found)

    return middleware


def keep(response: HttpResponseBase, key: Key) -> Kept | None:
    """Keep a page that is the same for everyone; None for any other answer."""
    live: Live | None = getattr(response, "live", None)
    if live is None or response.status_code != 200 or not isinstance(response, HttpResponse):
        return None
    if response.cookies or response.has_header("Vary") or response.has_header("Cache-Control"):
        return None
    encoding = key[-1]
    etag = f'"{sha256(response.content).hexdigest()[:20]}{"-" if encoding else ""}{encoding}"'
    body = ENCODERS[encoding](response.content)
    headers = {
        **response.headers,
        "Cache-Control": CACHE_CONTROL,
        "Content-Length": str(len(body)),
        "ETag": etag,
        "Vary": "Accept-Encoding",
        **({"Content-Encoding": encoding} if encoding else {}),
    }
    unchanged = {name: value for name, value in headers.items() if name not in OF_THE_BODY}
    page = Kept(
        live,
        etag,
        ResponseHeaders(headers),
        ResponseHeaders(unchanged),
        body,
        getattr(response, "counts", None),
    )
    if len(key[3]) <= QUERY_AT_MOST:
        shelf.put(key, page)
    return page


def answer(request: HttpRequest, page: Kept) -> HttpResponse:
    """Hand out a kept page, or say that the reader's copy is still good."""
    # For a 304 weak tags are as good as strong ones (RFC 9110, 13.1.2).
    asked = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    if "*" in asked or page.etag in {tag.removeprefix("W/") for tag in asked}:
        response = HttpResponse(status=304)
        response.headers = page.unchanged
    else:
        response = HttpResponse(page.body)
        response.headers = page.headers
    if page.counts:
        response.counts = page.counts  # type: ignore[attr-defined]
    return response


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
    return len(page.body) + len(key[2]) + len(key[3]) + overhead
