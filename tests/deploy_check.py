"""The files in deploy/, tried for real on this machine: `make deploy-check`.

nginx with its shipped configuration, two "hosts" (each gunicorn with its shipped configuration),
PostgreSQL and Redis. Then under load: publish on one and read on the other, roll one over and then
the other, change the database while both serve, kill one. Prints a line for each, and fails at the
first that does not hold.
"""

from __future__ import annotations

import http.client
import os
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
NAME = "legs.example.org"
READ = ("/", "/guide/ease-a-cramp/", "/stretches/", "/check/legs/q/now/")
SEARCH = "/search/?q=cramp"
PAGES = (*READ, SEARCH)
#: One in so many is a search: one address may make six hundred in a minute, and reads far more.
SEARCHED = 50
READERS = 4
#: In what a page is sent to who accepts these.
ENCODINGS = {
    "gzip, deflate, br, zstd": "br",
    "gzip;q=1.0, br; q=0.001": "br",
    "gzip, br;q=0": "gzip",
    "br; q=0.0": "",
    "x-br, *": "",
}
PUBLISH = """
from guide.models import Country
from guide.publishing.press import publish
unit = Country.objects.get(slug="us")
unit.name = "{name}"
unit.save()
publish(unit, who="deploy-check", note="Another name")
"""


def main() -> None:
    for needed in ("nginx", "openssl"):
        shutil.which(needed) or sys.exit(f"{needed} is not installed.")
    database, cache = (os.environ.get(name) for name in ("TEST_DATABASE_URL", "TEST_CACHE_URL"))
    if not database or not cache:
        sys.exit("Name servers to try it with: TEST_DATABASE_URL and TEST_CACHE_URL.")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)  # nginx's workers are another user
        environment = settings_of(stack.enter_context(own_database(database)), cache)
        manage(environment, "collectstatic", "--noinput")
        for command in ("migrate", "load_guide", "refresh_search"):
            manage(environment, command)
        hosts = [Host(free_port(), environment, folder) for _ in range(2)]
        for host in hosts:
            stack.callback(host.kill)
            host.start()
        plain, secure = free_port(), free_port()
        stack.enter_context(nginx(folder, plain, secure, [host.port for host in hosts]))
        tried(environment, hosts, plain, secure)


def tried(environment: dict[str, str], hosts: list[Host], plain: int, secure: int) -> None:
    one, other = hosts
    front = Reader(secure)
    wait_for(lambda: front.get("/")[0] == 200)
    check("a plain address leads to the secure one", plain_status(plain) == 308)
    check("every kind of page comes", all(front.get(page)[0] == 200 for page in PAGES))
    headers = front.get("/")[1]
    check("pages carry their policies", "Content-Security-Policy" in headers)
    check("staff and readers' answers are not kept", not kept(front, "/check/legs/q/now/"))
    for accepts, encoding in ENCODINGS.items():
        check(f"{accepts}: {encoding or 'plain'}", sent_in(front, "/faq/", accepts) == encoding)
    front.get("/faq/?br")
    check("a query is no encoding", sent_in(front, "/faq/?", "br") == "br")
    check("a static file is for ever", "immutable" in static_file(front)["Cache-Control"])
    asked = {front.get("/admin/login/")[0] for _ in range(300)}
    check("who asks for too much is told to wait", asked == {200, 429})
    check("this host may ask whether the guide is ready", front.get("/readyz")[0] == 200)

    manage(environment, "shell", "-c", PUBLISH.format(name="Land of one"))
    for host in hosts:
        reader = Reader(host.port, secure=False)
        within = seconds_until(partial(reads, reader, "/help/", "Land of one"))
        check(f"what is published is read {within:.2f} s later on port {host.port}", within <= 1)

    for host in (one, other):
        with load(secure) as counted:
            host.roll()
        check(f"roll one host: {counted}", counted.failed == 0)
    with load(secure) as counted:
        manage(environment, "migrate", "guide", "0010")
        manage(environment, "migrate")
    check(f"change the database while both serve: {counted}", counted.failed == 0)
    with load(secure) as counted:
        one.kill()
        time.sleep(1)
    check(f"kill one host: {counted}", counted.failed <= READERS)
    other.stop()
    one.start()
    within = seconds_until(lambda: front.get("/faq/")[0] == 200)
    check(f"the one that was killed serves alone {within:.2f} s later", within <= 3)


class Host:
    """A machine of its own, as far as the guide can tell: gunicorn on a port."""

    def __init__(self, port: int, environment: dict[str, str], folder: Path) -> None:
        self.port, self.log = port, folder / f"host-{port}.log"
        self.environment = {
            **environment,
            "LISTEN_ON": f"127.0.0.1:{port}",
            "WEB_CONCURRENCY": "2",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, process_group=0
            )
        reader = Reader(self.port, secure=False)
        wait_for(lambda: reader.get("/help/")[0] == 200)

    def stop(self) -> None:
        """Let it finish what it has begun."""
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=60)

    def roll(self) -> None:
        self.stop()
        self.start()

    def kill(self) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=10)


class Reader:
    """Asks for pages over a link that stays open, as a browser does."""

    def __init__(self, port: int, *, secure: bool = True) -> None:
        self.port, self.secure = port, secure
        self.link: http.client.HTTPConnection | None = None

    def get(self, path: str, accepts: str = "identity") -> tuple[int, Any, str]:
        """Return the status, the headers and the body; 0 if there was no answer."""
        try:
            if self.link is None:
                trusting = ssl._create_unverified_context()
                self.link = (
                    http.client.HTTPSConnection(
                        "127.0.0.1", self.port, timeout=20, context=trusting
                    )
                    if self.secure
                    else http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
                )
            said = {"Host": NAME, "Accept-Encoding": accepts}
            said |= {} if self.secure else {"X-Forwarded-Proto": "https"}
            self.link.request("GET", path, headers=said)
            answer = self.link.getresponse()
            return answer.status, answer.headers, answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            self.link = None
            return 0, {}, ""


class Counted:
    def __init__(self) -> None:
        self.answered = self.failed = 0

    def __str__(self) -> str:
        return f"{self.answered:,} requests, {self.failed} failed"


@contextmanager
def load(port: int) -> Iterator[Counted]:
    """Have a few readers ask for page after page meanwhile."""
    counted, done, lock = Counted(), threading.Event(), threading.Lock()

    def read_on(number: int) -> None:
        reader = Reader(port)
        while not done.is_set():
            number += 1
            # Each its own address, so that nginx has to ask a host.
            page = READ[number % len(READ)]
            path = f"{page}?n={number}" if number % SEARCHED else f"{SEARCH}&n={number}"
            good = reader.get(path)[0] == 200
            with lock:
                counted.answered += good
                counted.failed += not good

    threads = [threading.Thread(target=read_on, args=[one * 10_000]) for one in range(READERS)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    try:
        yield counted
        time.sleep(1)
    finally:
        done.set()
        for thread in threads:
            thread.join()


@contextmanager
def nginx(
    folder: Path, plain: int, secure: int, hosts: list[int], beside: str = ""
) -> Iterator[int]:
    """Serve with the shipped configuration, on ports and in folders of our own.

    What is to be `beside` the pages is put before their place. Yields nginx's process id.
    """
    certificate = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={NAME}"
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run([*certificate.split(), *files], check=True, capture_output=True)
    servers = "\n".join(
        f"    server 127.0.0.1:{port} max_fails=1 fail_timeout=2s;" for port in hosts
    )
    shipped = (ROOT / "deploy" / "nginx.conf").read_text()
    for old, new in {
        "    server unix:/run/legrelief.sock max_fails=1 fail_timeout=2s;": servers,
        "    listen [::]:80;\n": "",
        "    listen [::]:443 ssl http2;\n": "",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{secure} ssl http2;",
        "/etc/letsencrypt/live/legs.example.org/fullchain.pem": str(folder / "cert.pem"),
        "/etc/letsencrypt/live/legs.example.org/privkey.pem": str(folder / "key.pem"),
        "/var/log/nginx/legrelief.log": str(folder / "access.log"),
        "/var/cache/legrelief": str(folder / "cache"),
        "/srv/legrelief/": f"{ROOT}/",
        "rate=50r/s": "rate=100000r/s",  # the load comes from one address
        "    location /admin/ {": f"{beside}    location /admin/ {{",
    }.items():
        assert old in shipped, old
        shipped = shipped.replace(old, new)
    places = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user}\npid {folder}/nginx.pid;\nerror_log {folder}/nginx.log;\n"
        f"events {{}}\nhttp {{\ninclude /etc/nginx/mime.types;\n{places}{shipped}}}\n"
    )
    command = ["nginx", "-e", f"{folder}/nginx.log", "-c", f"{folder}/nginx.conf"]
    subprocess.run([*command, "-t", "-q"], check=True)
    process = subprocess.Popen([*command, "-g", "daemon off;"])
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)
    log = (folder / "access.log").read_text()
    check("no query and no question is in nginx's log", "?" not in log and "/check/legs" not in log)


@contextmanager
def own_database(address: str) -> Iterator[str]:
    """Make a database for this run on a server, and drop it afterwards."""
    name = f"legrelief_{secrets.token_hex(4)}"
    with psycopg.connect(address, autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name}")
    try:
        yield urlsplit(address)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(address, autocommit=True) as link:
            link.execute(f"DROP DATABASE {name} WITH (FORCE)")


def settings_of(database: str, cache: str) -> dict[str, str]:
    """Return the environment of a host: the shipped settings, filled in."""
    lines = (ROOT / "deploy" / "legrelief.env").read_text().splitlines()
    shipped = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    own = {
        "LEGRELIEF_SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": database,
        "CACHE_URL": cache,
    }
    assert own.keys() <= shipped.keys()
    return {"PATH": os.environ["PATH"], **shipped, **own}


def manage(environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def reads(reader: Reader, path: str, words: str) -> bool:
    return words in reader.get(path)[2]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def plain_status(port: int) -> int:
    return Reader(port, secure=False).get("/")[0]


def kept(front: Reader, path: str) -> bool:
    return "no-store" not in front.get(path)[1]["Cache-Control"]


def sent_in(front: Reader, path: str, accepts: str) -> str:
    """Return the encoding in which a page comes to who accepts these."""
    encoding: str = front.get(path, accepts)[1].get("Content-Encoding", "")
    return encoding


def static_file(front: Reader) -> Any:
    """Return the headers of the first style of the first page."""
    home = front.get("/")[2]
    address = home.split('rel="stylesheet" href="')[1].split('"')[0]
    status, headers, _ = front.get(address)
    assert status == 200, address
    return headers


def seconds_until(true: Callable[[], bool]) -> float:
    start = time.monotonic()
    wait_for(true)
    return time.monotonic() - start


def wait_for(true: Callable[[], bool]) -> None:
    for _ in range(600):
        if true():
            return
        time.sleep(0.1)
    sys.exit("Waited in vain.")


def check(words: str, holds: bool) -> None:
    print(f"{'ok  ' if holds else 'FAIL'} {words}", flush=True)
    if not holds:
        sys.exit(1)


if __name__ == "__main__":
    main()
