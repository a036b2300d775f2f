"""Trust pages say what is so: each of their sentences stands on data or on a test."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from guide.models import Claim, Edition, Evidence, PageCount, Source
from guide.reading.accessibility import CHECKS
from guide.reading.claims import VERDICTS, claims, listed
from guide.reading.how_we_write import MEANS
from guide.reading.live import live
from guide.reading.sources import CONFIRMED, source, sources
from tests import make
from tests.views.html import Page

pytestmark = pytest.mark.django_db

TESTS = Path(__file__).resolve().parent.parent

#: The six sentences on privacy, each with the tests that would fail if it was not so.
PROMISES = {
    "We do not ask who you are, and readers have no accounts.": [
        "views/test_trust.py::test_nobody_but_staff_can_sign_in",
    ],
    "Only the questions set cookies: your answers, for 1 day, and a random number that guards "
    "the form.": [
        "views/test_addresses.py::test_a_public_page_sets_no_cookie_and_is_the_same_for_everyone",
        (
            "views/test_private_pages.py"
            "::test_a_cookie_of_yesterday_is_not_read_even_if_the_browser_still_sends_it"
        ),
        "views/test_useful.py::test_an_answer_leads_to_thanks_and_back_and_sets_no_cookie",
    ],
    "Our server reads your answers to make your page, and keeps nothing of them.": [
        "test_privacy.py::test_no_answer_is_left_where_the_server_writes",
    ],
    "What you choose here, your routine and the last pages you read are kept on your device.": [
        (
            "browser/test_reading.py"
            "::test_a_theme_is_kept_on_the_device_and_shown_from_the_first_paint"
        ),
        "browser/test_my_routine.py::test_a_routine_made_here_is_kept_and_every_page_leads_to_it",
        (
            "browser/test_offline.py"
            "::test_of_routines_the_last_is_saved_and_of_other_pages_the_last_few"
        ),
    ],
    "We count how often each page is read and found useful in a day, but not by whom.": [
        "views/test_trust.py::test_what_is_counted_is_a_page_a_day_and_three_numbers",
        (
            "counting/test_pages.py"
            "::test_of_the_questions_only_the_beginning_and_the_result_are_counted"
        ),
    ],
    "No page loads anything from another company, and nothing here tracks you.": [
        "test_middleware.py::test_a_page_may_only_use_its_own_origin",
    ],
}


def sentences(client: Client) -> list[str]:
    text = client.get("/about/privacy/").content.decode()
    listed = re.search(r'<ol class="steps">(.*?)</ol>', text, re.DOTALL)
    assert listed
    return [html.unescape(item) for item in re.findall(r"<li>(.*?)</li>", listed[1])]


def is_test(name: str) -> bool:
    file, _, function = name.partition("::")
    return f"def {function}(" in (TESTS / file).read_text(encoding="utf-8")


def test_privacy_is_six_sentences_and_each_has_its_tests(
    client: Client, guide: list[Edition]
) -> None:
    assert sentences(client) == list(PROMISES)
    assert len(PROMISES) == 6
    for sentence, tests in PROMISES.items():
        assert len(sentence.split()) <= 20
        assert [name for name in tests if not is_test(name)] == []


def test_with_feedback_off_privacy_says_that_nothing_is_counted(
    guide: list[Edition], settings: Any
) -> None:
    settings.FEEDBACK = False
    said = sentences(Client())
    assert len(said) == 6
    assert "We do not count how often a page is read." in said


def test_nobody_but_staff_can_sign_in() -> None:
    names = {str(pattern.pattern) for pattern in get_resolver().url_patterns}
    assert names == {"admin/", ""}
    public = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert not {name for name in public if re.search("log_?in|sign|account|register", name)}


def test_what_is_counted_is_a_page_a_day_and_three_numbers() -> None:
    fields = {field.name for field in PageCount._meta.get_fields()}
    assert fields == {"id", "page", "day", "views", "yes", "no"}


def test_the_accessibility_statement_says_what_tests_check_and_nothing_more(
    client: Client, guide: list[Edition]
) -> None:
    assert [check.test for check in CHECKS if not is_test(check.test)] == []
    page = client.get("/about/accessibility/").content.decode()
    assert [check.words for check in CHECKS if check.words not in page] == []


def test_every_label_verdict_and_mark_is_explained() -> None:
    assert MEANS.keys() == set(Evidence)
    assert VERDICTS.keys() == set(Claim.Verdict)
    assert CONFIRMED.keys() == set(Source.Confirmed)


def test_every_source_has_an_anchor_and_a_page_that_leads_to_what_rests_on_it(
    client: Client, guide: list[Edition]
) -> None:
    """All are on one page while they are few, so that old links to an anchor arrive."""
    page = Page(client.get("/about/sources/").content)
    slugs = [found["slug"] for found in sources(live(), 1)["sources"]]
    assert len(slugs) > 50
    assert not sources(live(), 1)["has_more"]
    assert {*slugs} <= set(page.ids)
    assert {f"/about/sources/{slug}/" for slug in slugs} <= page.links
    for slug in slugs[:5]:
        own = Page(client.get(f"/about/sources/{slug}/").content)
        assert {use["address"] for use in source(live(), slug, 1)["used_on"]} <= own.links


def test_every_claim_has_an_anchor_and_a_page_that_leads_to_where_it_is_settled(
    client: Client, guide: list[Edition]
) -> None:
    page = Page(client.get("/about/claims/").content)
    found = claims(live())
    assert not listed(live(), 1)["has_more"]
    assert {claim["slug"] for claim in found} <= set(page.ids)
    assert {f"/about/claims/{claim['slug']}/" for claim in found} <= page.links
    for claim in found[:5]:
        own = Page(client.get(f"/about/claims/{claim['slug']}/").content)
        assert {home["address"] for home in claim["homes"]} <= own.links
        assert {f"/about/sources/{source['slug']}/" for source in claim["sources"]} <= own.links


def test_a_source_and_a_claim_that_were_never_there_have_no_page(client: Client) -> None:
    make.published(make.source(confirmed="C"))
    for address in ("sources/s01", "sources/s99", "claims/c999"):
        assert client.get(f"/about/{address}/").status_code == 404
    for address in ("sources", "claims"):
        assert client.get(f"/about/{address}/?page=2").status_code == 404


@pytest.mark.parametrize("address", ["how-we-write", "sources", "claims", "privacy"])
def test_about_leads_to_every_trust_page(
    client: Client, guide: list[Edition], address: str
) -> None:
    assert f"/about/{address}/" in Page(client.get("/about/").content).links


@pytest.mark.parametrize(
    "address",
    [
        "/guide/ease-a-cramp/",
        "/stretches/seated-hamstring-calf/",
        "/routines/trial-style/",
        "/faq/",
        "/help/",
        "/check/legs/",
        "/check/rules/",
    ],
)
def test_each_page_says_how_its_check_stands(
    client: Client, guide: list[Edition], address: str
) -> None:
    page = client.get(address).content.decode()
    assert "Not yet checked by a clinician." in page
    assert 'href="/about/how-we-write/#checks"' in page


def test_about_counts_what_a_clinician_has_checked(client: Client) -> None:
    shell, section = make.article(), make.section()
    make.published(shell)
    make.published(section)
    assert "No clinician has checked this guide yet." in client.get("/about/").content.decode()
    type(shell).objects.update(checked_on="2026-11-01", checked_by="Dr A. Shah")
    make.published(shell)
    assert (
        "A clinician has checked 1 of our 2 texts so far." in client.get("/about/").content.decode()
    )
