"""Bytes that are no request, sent to the real server: it refuses them and goes on."""

from __future__ import annotations

import random
import re
import socket
from pathlib import Path

from tests.served import HOST, Served, served

SEED = 7
COUNT = 200
#: How HTTP says that a server knows no such coding or version. No code of the guide has run.
NOT_SPOKEN = {b"501", b"505"}
LINES = (
    *("GET / HTTP/1.1", "GET /help/ HTTP/1.1", "POST /useful/ HTTP/1.1", "POST / HTTP/1.0"),
    *("GET /", "GET  / HTTP/1.1", "GET / HTTP/9.9", "GET / HTTP/x", "GET / HTTP/1.1 more"),
    *("", " ", "GET", "\x00\x01\x02", "\x16\x03\x01\x02", "PRI * HTTP/2.0", "OPTIONS * HTTP/1.1"),
    *("GET http://elsewhere.example/ HTTP/1.1", "CONNECT elsewhere.example:443 HTTP/1.1"),
    *("GET //elsewhere.example HTTP/1.1", "GET /%00%ff HTTP/1.1", "GET /\xff\xfe HTTP/1.1"),
    *("GET help/ HTTP/1.1", "GET /../../etc/passwd HTTP/1.1", f"GET /{'a' * 5000} HTTP/1.1"),
    *("G\u00cbT / HTTP/1.1", f"{'X' * 300} / HTTP/1.1", "GET /help/#x HTTP/1.1"),
)
HEADERS = (
    *("Content-Length: x", "Content-Length: -1", f"Content-Length: {'9' * 30}", "Content-Length:"),
    *(f"Content-Length: {'9' * 5000}", "Content-Length: 5, 5", "Content-Length: 3"),
    *("Content-Length: 5\r\nContent-Length: 6", "Content-Length: \xb2", "Content-Length: 99"),
    *("Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: x"),
    *("Transfer-Encoding: chunked\r\nContent-Length: 5", "Transfer-Encoding : chunked"),
    *("Host: elsewhere.example", "Host:", "Host: a\r\nHost: b", "no colon", ": no name"),
    *(" folded: line", "X\x00: 1", "X: \x00", "X: a\rb", "X_Forwarded_For: 1", "X: \xff\xfe"),
    *("Content-Type: application/x-www-form-urlencoded", "Content-Type: text/plain; charset=hex"),
    *("Content-Type: multipart/form-data; boundary=x", "Content-Type: x; charset*=bogus''x"),
    *("Sec-Fetch-Site: same-origin", "Expect: 100-continue", "Expect: x", "Upgrade: h2c"),
    *("Connection: keep-alive, Upgrade", "Range: bytes=9-1,-", "If-None-Match: ,,W/", "Cookie: ="),
    *(f"X: {'a' * 9000}", "\r\n".join(f"X{number}: 1" for number in range(120))),
)
BODIES = (
    *("", "page=/help/&useful=yes", "5\r\nhello\r\n0\r\n\r\n", "zz\r\nhello\r\n", "-1\r\n\r\n"),
    *("5\r\nhel", "fffffffffffffffff\r\nx", "0\r\nX: 1\r\n", "--x\r\n", "--x\r\n\r\n\r\n--x--\r\n"),
)


def made(chance: random.Random) -> bytes:
    """Return something like a request: each part of it may be right, wrong or cut off."""
    head = [chance.choice(LINES)]
    head += ["Host: localhost"] * (chance.random() < 0.8)
    head += chance.sample(HEADERS, chance.choice((0, 1, 1, 2, 4)))
    end = chance.choice(("\r\n", "\r\n", "\r\n", "\n", "\r"))
    whole = end.join([*head, "Connection: close", "", ""]) + chance.choice(BODIES)
    sent = whole.encode("latin-1", "replace")
    return sent if chance.random() < 0.9 else sent[: chance.randrange(len(sent) + 1)]


def send(server: Served, sent: bytes) -> bytes:
    """Send bytes, say that no more come, and return what came back."""
    with socket.create_connection((HOST, server.port), timeout=10) as link:
        try:
            link.sendall(sent)
            link.shutdown(socket.SHUT_WR)
            with link.makefile("rb") as answer:
                return answer.read()
        except (BrokenPipeError, ConnectionResetError):
            return b""  # refused before it was all sent


def test_bytes_that_are_no_request_are_refused_and_the_server_goes_on(tmp_path: Path) -> None:
    with served(tmp_path) as server:
        workers = server.workers()
        for number in range(COUNT):
            sent = made(random.Random(f"{SEED}.{number}"))
            said = send(server, sent)
            status = re.match(rb"HTTP/1\.[01] (\d{3}) ", said)
            assert not said or status, (number, sent, said[:99])
            fine = not status or status[1] < b"500" or status[1] in NOT_SPOKEN
            assert fine, (number, sent, said[:99])
        whole = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        assert b" 200 " in send(server, whole)[:20]
        assert server.workers() == workers
        assert "Traceback" not in (tmp_path / "logs" / "stderr").read_text()
