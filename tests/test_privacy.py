"""No answer is left where the server writes: shown by answering, and by crashing half-way."""

from __future__ import annotations

import email
import email.policy
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from guide.reading.live import STAMP_LASTS
from guide.triage import Answers, Flow, Question, walk
from tests.served import Browser, Served, served
from tests.triage.flows import NAMES, published

START = "/check/legs/"
FIRST = published("legs").questions[0]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module", params=["info", "debug"])
def server(request: pytest.FixtureRequest, folder: Path) -> Iterator[Served]:
    """The project as it is served, with error mail and an access log."""
    with served(
        folder,
        DJANGO_SETTINGS_MODULE="tests.settings_with_mail",
        LEGRELIEF_LOG_LEVEL=request.param,
    ) as running:
        yield running


@pytest.fixture
def before(server: Served) -> dict[Path, bytes]:
    return server.files()


def everything(question: Question) -> list[str]:
    """Every sign where many can be ticked, and elsewhere the first answer."""
    codes = [option.code for option in question.ordinary]
    return codes if question.many else codes[:1]


def nothing(question: Question) -> list[str]:
    """None of the signs, and elsewhere the first answer."""
    none = [option.code for option in question.options if option.exclusive == "none"]
    return none[:1] or everything(question)[:1]


def answer_all(browser: Browser, slug: str, choose: Callable[[Question], list[str]]) -> None:
    """Answer a whole questionnaire, and read the result."""
    flow, given = published(slug), frozenset[str]()
    browser.send(f"/check/{slug}/")
    while todo := walk(flow, given).next:
        assert browser.post(address(flow, todo), choose(todo)).status == 303
        given |= frozenset(choose(todo))
    for page in ("answers", "result"):
        assert browser.send(f"/check/{slug}/{page}/").status == 200


def address(flow: Flow, question: Question) -> str:
    return f"/check/{flow.slug}/q/{question.slug}/"


def needles(browsers: Iterable[Browser]) -> dict[str, set[bytes]]:
    """What must be nowhere: the answers in each of their forms, and where they are given."""
    cookies = {value for browser in browsers for value in browser.seen if value}
    assert cookies
    options = [
        option for name in NAMES for asked in published(name).questions for option in asked.options
    ]
    words = {text for option in options for text in (option.text, option.said) if len(text) > 12}
    forms = {form.format(option.code) for option in options for form in ("answer={}", "'{}'")}
    return {
        "cookies": {part.encode() for cookie in cookies for part in (cookie, cookie.split(":")[0])},
        "forms": {form.encode() for form in forms},
        "slugs": {option.slug.encode() for option in options if "-" in option.slug},
        "words": {text.encode() for text in words},
        "addresses": {b"/check/legs", b"/check/child", b"/q/"},
    }


def written(server: Served, before: dict[Path, bytes]) -> dict[str, bytes]:
    """What every file that came or changed since then holds; mail is decoded."""
    found = {}
    for path, held in server.files().items():
        if before.get(path) != held:
            name = str(path.relative_to(server.folder))
            found[name] = decoded(held) if name.startswith("var/mail/") else held
    return found


def decoded(mail: bytes) -> bytes:
    message = email.message_from_bytes(mail, policy=email.policy.default)
    parts = [part.get_content() for part in message.walk() if not part.is_multipart()]
    return "\n".join([*map(str, message.items()), *map(str, parts)]).encode()


def kept(server: Served) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that is kept, but for how often each page was opened in a day.

    Of the questions these counts name the start and the result, and never a question.
    """
    rows = server.rows()
    counts = rows.pop("guide_pagecount")
    rows["sqlite_sequence"] = [
        row for row in rows["sqlite_sequence"] if row[0] != "guide_pagecount"
    ]
    pages = {str(page) for _, page, *_ in counts if str(page).startswith("/check/")}
    assert not {page for page in pages if not re.fullmatch(r"/check/[\w-]+/(result/)?", page)}
    return rows


def leaks(server: Served, before: dict[Path, bytes], *browsers: Browser) -> list[str]:
    """Name each file that holds an answer, with what it holds."""
    wanted = needles(browsers)
    found = [
        f"{name} holds {needle!r} ({kind})"
        for name, held in written(server, before).items()
        for kind, all_of_kind in wanted.items()
        for needle in sorted(all_of_kind)
        if needle in held
    ]
    # The guide itself, with the words of every answer, is in the database: rows are compared.
    kept = server.database_bytes()
    return found + [f"the database holds {one!r}" for one in wanted["cookies"] if one in kept]


def echoed(page: bytes, browser: Browser) -> list[bytes]:
    """What of the answers a page of errors repeats; the words of a question may be in the guide."""
    wanted = needles([browser])
    return [
        one for kind in ("cookies", "forms", "addresses") for one in wanted[kind] if one in page
    ]


def logged(server: Served) -> str:
    return "".join(path.read_text() for path in (server.folder / "logs").iterdir())


def break_an_old_edition(server: Served) -> None:
    """Publish the questions anew, and take a sign out of the edition that readers have begun."""
    sign = next(option.slug for option in FIRST.ordinary if "-" in option.slug)
    with closing(sqlite3.connect(server.database)) as link:
        link.executescript(
            f"""
            CREATE TEMPORARY TABLE copy AS SELECT * FROM guide_edition
                WHERE kind = 'questionnaire' AND slug = 'legs' ORDER BY number DESC LIMIT 1;
            UPDATE guide_edition SET rows = replace(rows, '"slug": "{sign}"', '"slug": "gone"')
                WHERE id = (SELECT id FROM copy);
            UPDATE copy SET number = number + 1, id = (SELECT max(id) + 1 FROM guide_edition);
            INSERT INTO guide_edition SELECT * FROM copy;
            """
        )


def test_no_answer_is_left_where_the_server_writes(
    server: Served, before: dict[Path, bytes]
) -> None:
    rows = kept(server)
    ill, well, parent = Browser(server), Browser(server), Browser(server)
    answer_all(ill, "legs", everything)
    answer_all(well, "legs", nothing)
    answer_all(parent, "child", everything)
    assert ill.post("/check/clear/", []).status == 303
    assert leaks(server, before, ill, well, parent) == []
    assert kept(server) == rows
    assert rows["django_session"] == []
    assert re.search(r'"POST /check/ HTTP/1\.1" 303', logged(server)), "nothing was logged"


def test_a_refused_request_leaves_no_answer_either(
    server: Served, before: dict[Path, bytes]
) -> None:
    rows, browser = kept(server), Browser(server)
    assert browser.post(address(published("legs"), FIRST), everything(FIRST)).status == 303
    code = FIRST.options[0].code
    question, form = f"{START}q/{FIRST.slug}/", {"answer": code}
    refused = {
        400: browser.send(f"{question}?answer={code}%00"),
        403: browser.send(question, form),
        404: browser.send(f"{question}{code}/?answer={code}", form),
        405: browser.send(f"{START}result/", form),
        422: browser.post(question, [code, "zz"]),
    }
    assert {status: answer.status for status, answer in refused.items()} == {n: n for n in refused}
    assert browser.send(question, form, Host="elsewhere.example").status == 400
    assert browser.send(question[:-1] + f"?answer={code}").status == 301
    [cookie] = browser.seen
    for nonsense in (
        f"GET {question}?answer={code} HTTP/9\r\n\r\n",
        f"answer={code}&more=1\r\n\r\n",
        f"GET {question} HTTP/1.1\r\nHost: a\r\nCookie check_token_legs={cookie}\r\n\r\n",
        f"GET {question} HTTP/1.1\r\nHost: a\r\ncheck_token_legs={cookie}: 1\r\n\r\n",
    ):
        assert b" 400 " in server.send_raw(nonsense.encode())
    assert leaks(server, before, browser) == []
    assert kept(server) == rows
    assert "Invalid request from" in logged(server), "nothing was logged"


def test_a_crash_half_way_leaves_no_answer(server: Served, before: dict[Path, bytes]) -> None:
    browser, given = Browser(server), everything(FIRST)
    flow = published("legs")
    assert browser.post(address(flow, FIRST), given).status == 303
    second = walk(flow, Answers(given)).next
    assert second
    token = next(cookie for cookie in browser.jar if cookie.name == "csrftoken").value
    break_an_old_edition(server)
    time.sleep(2 * STAMP_LASTS.total_seconds())  # the server asks for the guide now and then
    rows = kept(server)
    form = {"answer": everything(second), "csrfmiddlewaretoken": token}
    crashed = [
        browser.send(address(flow, second), form, Origin="null"),
        browser.send(address(flow, second)),
        browser.send(f"{START}result/"),
    ]
    for answer in crashed:
        assert answer.status == 500
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert echoed(answer.body, browser) == []
    assert leaks(server, before, browser) == []
    assert kept(server) == rows
    assert "ERROR django.request: Internal Server Error: /check/\n" in logged(server)
    assert "ValueError" in logged(server), "the crash was another one"
    assert [name for name in written(server, before) if name.startswith("var/mail/")]
