"""Somebody of staff who works over the wire, on a server that may go at any moment."""

from __future__ import annotations

import http.client
from html.parser import HTMLParser

from tests.served import Browser, Served

#: What becomes of a request when the server is killed: none of it says that it was done.
GONE = (OSError, http.client.HTTPException)


class Form(HTMLParser):
    """What the form of a page would send if it was sent as it is."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.data: dict[str, list[str]] = {}
        self.wanted = False
        self.named = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name, kind = found.get("name", ""), found.get("type", "")
        if tag == "form":
            self.wanted = found.get("method") == "post" and "logout" not in found.get("action", "")
        elif self.wanted and name and tag in {"select", "textarea"}:
            self.named = name
            if tag == "textarea":
                self.data[name] = [""]
        elif self.wanted and tag == "option" and "selected" in found:
            self.data.setdefault(self.named, []).append(found["value"])
        elif self.wanted and name and tag == "input" and kind not in {"submit", "file"}:
            ticks = kind in {"checkbox", "radio"}
            if not ticks or "checked" in found:
                value = found.get("value", "on" if ticks else "")
                self.data.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self.named in self.data and self.lasttag == "textarea":
            self.data[self.named][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag in {"select", "textarea"}:
            self.named = ""


class Person:
    """Signs in once; the session is in the database, so it outlives the server."""

    def __init__(self, server: Served, name: str, password: str) -> None:
        self.browser = Browser(server)
        sent = self.send("/admin/login/?next=/admin/", username=name, password=password)
        assert sent, "cannot sign in"

    def at(self, server: Served) -> None:
        """Go on at the same guide, which answers at another port now."""
        self.browser.server = server

    def send(self, path: str, **typed: str) -> bool:
        """Open a page, type and send. True only if the server has said that it is done."""
        try:
            page = self.browser.send(path)
            if page.status != 200:
                return False
            form = {**Form(page.body).data, **{name: [value] for name, value in typed.items()}}
            answer = self.browser.send(path, form)
            return answer.status == 302 and "/login/" not in answer.headers["Location"]
        except GONE:
            return False
