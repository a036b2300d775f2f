"""A routine that lives in its link: what its pages show, where its forms lead, its files."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from guide.models import Stretch
from guide.pages.qr import qr_html
from guide.publishing.press import withdraw
from tests import make
from tests.views.html import Page
from tests.views.test_results import words

pytestmark = pytest.mark.django_db

LINK = "calf.10x3~thigh"


@pytest.fixture
def reader(client: Client) -> Client:
    """A reader of a guide with three stretches, one for a cramp, and a ready-made routine."""
    calf = make.stretch("calf", name="Calf stretch", repeats=2)
    thigh = make.stretch("thigh", name="Thigh stretch", position="bed")
    pump = make.stretch("pump", name="Ankle pumps", hold_seconds=None, position="chair")
    cramp = make.stretch(
        "cramp", name="Toe pull", moments=["cramp"], hold_seconds=None, until_eased=True
    )
    calf.cautions.add(make.caution())
    made = make.routine(title="The short one", steps=[calf, thigh])
    made.steps.filter(slug="calf").update(hold_seconds=15, rest_seconds=5)
    for unit in (make.country(), calf.cautions.get(), calf, thigh, pump, cramp, made):
        make.published(unit)
    return client


def shown(reader: Client, link: str = LINK, page: str = "/routine/") -> Any:
    answer = reader.get(page, {"s": link})
    assert answer.status_code == 200
    return answer


def test_a_link_opens_as_a_routine_to_follow_with_its_own_doses(reader: Client) -> None:
    answer = shown(reader)
    text = words(answer)
    assert "2 stretches. About 3 minutes." in text
    assert text.index("Calf stretch Hold 10 seconds. 3 times each leg.") < text.index("Thigh")
    assert "Left leg: hold 10 seconds, rest 10 seconds, 3 times." in text
    assert [found["data-hold"] for _, found in Page(answer.content).tags if "data-hold" in found]
    assert "Do not rub a swollen leg." in text
    assert "chest pain" in text


def test_a_routine_is_found_under_one_address_and_by_no_search_engine(reader: Client) -> None:
    page = Page(shown(reader, "calf.10x3r~~thigh").content)
    found = {attributes.get("rel"): attributes for tag, attributes in page.tags if tag == "link"}
    assert found["canonical"]["href"] == "http://testserver/routine/?s=calf~thigh"
    assert ("meta", {"name": "robots", "content": "noindex"}) in page.tags


def test_a_damaged_link_gives_the_good_part_and_says_what_was_left_out(reader: Client) -> None:
    text = words(shown(reader, "calf~<b>call me</b>~cramp~thigh.500"))
    assert "2 stretches" in text
    assert "A part of this link was changed." in text
    assert "Toe pull: this is for a cramp, so it is on Cramp now." in text
    assert "Thigh stretch: we set the hold to 60 seconds, to be safe." in text
    assert "call me" not in text


def test_a_stretch_that_was_withdrawn_is_left_out(reader: Client) -> None:
    withdraw(Stretch.objects.get(slug="pump"), message="We look at it again.")
    text = words(shown(reader, "calf~pump"))
    assert "1 stretch." in text
    assert "A part of the link is not a stretch of this guide. It is left out." in text


@pytest.mark.parametrize("link", ["", "nowhere", "cramp"])
def test_a_routine_of_nothing_offers_ready_made_ones_one_for_each_position(
    reader: Client, link: str
) -> None:
    for slug, position in (("second", "standing"), ("lying", "bed"), ("sitting", "chair")):
        steps = [Stretch.objects.get(slug="calf")]
        make.published(make.routine(slug, steps, position=position, order=9))
    answer = shown(reader, link)
    links = Page(answer.content).links
    assert "There is nothing in it yet." in words(answer)
    assert "/routine/?s=calf.15r5~thigh" in links
    assert {"/routines/short/", "/routines/lying/", "/routines/sitting/"} <= links
    assert "/routines/second/" not in links


def test_a_ready_made_routine_can_be_made_ones_own_with_its_doses(reader: Client) -> None:
    page = Page(reader.get("/routines/short/").content)
    assert "/routine/?s=calf.15r5~thigh" in page.links
    text = words(shown(reader, "calf.15r5~thigh"))
    assert "Hold 15 seconds. 2 times each leg. Rest 5 seconds between." in text


def test_a_stretch_can_be_added_unless_it_is_for_a_cramp(reader: Client) -> None:
    assert "/routine/?s=calf" in Page(reader.get("/stretches/calf/").content).links
    assert "Add to my routine" not in words(reader.get("/stretches/cramp/"))
    options = [
        attributes["value"]
        for tag, attributes in Page(shown(reader, "calf").content).tags
        if tag == "option" and attributes["value"] in {"calf", "cramp", "pump", "thigh"}
    ]
    assert options == ["pump", "thigh"]


def test_every_row_leads_up_down_and_out(reader: Client) -> None:
    links = Page(shown(reader, "calf.10x3~thigh~pump").content).links
    assert {
        "/routine/?s=thigh~calf.10x3~pump#change",
        "/routine/?s=calf.10x3~pump~thigh#change",
        "/routine/?s=thigh~pump#change",
        "/routine/?s=calf.10x3~pump#change",
    } <= links
    assert "/routine/?s=" in Page(shown(reader, "calf").content).links


@pytest.mark.parametrize(
    ("form", "leads"),
    [
        ({"hold-calf": "30", "repeats-calf": "", "repeats-thigh": "4"}, "calf.30~thigh.x4"),
        ({"add": "pump"}, "calf.10x3~thigh~pump"),
        ({"add": "calf"}, "calf.10x3~thigh~calf"),
        ({"add": "//evil.example"}, "calf.10x3~thigh"),
    ],
)
def test_a_change_leads_to_another_link(reader: Client, form: dict[str, str], leads: str) -> None:
    answer = reader.get("/routine/", {"s": LINK, **form})
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"/routine/?s={leads}#change",
    )
    assert not answer.cookies


def test_a_chosen_hold_stays_chosen(reader: Client) -> None:
    tags = Page(shown(reader, "calf.17x3").content).tags
    chosen = [found["value"] for tag, found in tags if tag == "option" and "selected" in found]
    assert chosen[:2] == ["17", "3"]


def test_a_movement_has_no_hold_to_set(reader: Client) -> None:
    names = {found.get("name") for tag, found in Page(shown(reader, "pump").content).tags}
    assert "repeats-pump" in names
    assert "hold-pump" not in names


def test_on_paper_each_stretch_says_how_it_is_done(reader: Client) -> None:
    text = words(shown(reader, page="/routine/stretches/"))
    assert "Hold 10 seconds. 3 times each leg." in text
    assert "Stand at a wall." in text
    assert "You feel it here: The calf of the back leg." in text
    assert "There are no stretches here yet." in words(shown(reader, "", "/routine/stretches/"))


def test_the_bedside_card_has_the_cramp_the_routine_and_a_code_for_the_full_address(
    reader: Client,
) -> None:
    answer = shown(reader, page="/cramp/card/")
    text = words(answer)
    parts = [
        "Cramp now",
        "Pull your toes up",
        "Call 911 now",
        "Fold here",
        "Calf stretch",
        "doctor:",
    ]
    assert sorted(parts, key=text.index) == parts
    assert qr_html("http://testserver/cramp/") in answer.content.decode()
    assert "Lines to write on" in shown(reader, "", "/cramp/card/").content.decode()


def test_behind_a_proxy_the_code_and_the_calendar_lead_to_the_address_that_readers_use(
    reader: Client, settings: Any
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.ALLOWED_HOSTS = ["legrelief.example"]
    headers = {"Host": "legrelief.example", "X-Forwarded-Proto": "https"}
    card = reader.get("/cramp/card/", headers=headers).content.decode()
    assert qr_html("https://legrelief.example/cramp/") in card
    file = reader.get("/routine/evenings.ics", {"s": LINK}, headers=headers).content
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert event["url"] == f"https://legrelief.example/routine/?s={LINK}"


def test_where_the_site_is_named_the_code_and_the_calendar_lead_there(
    reader: Client, settings: Any
) -> None:
    settings.SITE_ADDRESS = "https://legs.example"
    card = reader.get("/cramp/card/").content.decode()
    assert qr_html("https://legs.example/cramp/") in card
    file = reader.get("/routine/evenings.ics", {"s": LINK}).content
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert event["url"] == f"https://legs.example/routine/?s={LINK}"


@pytest.mark.parametrize("host", ["evil.example", "testserver\r\nURL:x", "testserver/x", 'a"b'])
def test_a_host_that_is_not_ours_gets_no_code_and_no_calendar(
    reader: Client, settings: Any, host: str
) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    for page in ("/routine/evenings.ics", "/cramp/card/"):
        headers = {"Host": host, "X-Forwarded-Host": "evil.example"}
        assert reader.get(page, {"s": LINK}, headers=headers).status_code == 400
    forwarded = reader.get("/cramp/card/", headers={"X-Forwarded-Host": "evil.example"})
    assert qr_html("http://testserver/cramp/") in forwarded.content.decode()


def test_the_calendar_file_holds_the_routine_at_the_time_asked_for(reader: Client) -> None:
    address = "/routine/evenings.ics?s=calf.10x3~thigh&at=22:15&alarm=1"
    answer = reader.get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert 'filename="evening-routine.ics"' in answer.headers["Content-Disposition"]
    assert answer.headers["X-Robots-Tag"] == "noindex"
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["url"] == "http://testserver/routine/?s=calf.10x3~thigh"
    assert f"{event.decoded('dtstart'):%H:%M}" == "22:15"
    assert "VALARM" in answer.content.decode()
    assert "VALARM" not in reader.get(address.removesuffix("&alarm=1")).content.decode()


def test_a_calendar_of_nothing_leads_to_the_routine(reader: Client) -> None:
    assert reader.get("/routine/evenings.ics?s=nowhere").headers["Location"] == "/routine/"


def test_whatever_a_link_or_a_form_says_a_page_answers(reader: Client) -> None:
    pages = ["/routine/", "/routine/stretches/", "/cramp/card/", "/routine/evenings.ics"]
    names = st.sampled_from(["s", "add", "hold-calf", "repeats-thigh", "at", "from", "alarm"])
    values = st.text() | st.sampled_from(["calf", "calf.10x3~thigh", "calf.99999", "cramp~", "-1"])

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(pages), st.dictionaries(names, values))
    def answers(page: str, query: dict[str, str]) -> None:
        if "\0" not in "".join(query.values()):
            assert reader.get(page, query).status_code in {200, 302}

    answers()


def test_no_page_of_a_routine_sets_a_cookie(reader: Client) -> None:
    for page in ("/routine/", "/routine/stretches/", "/cramp/card/", "/routine/evenings.ics"):
        assert not shown(reader, page=page).cookies
