"""The result at each level and in both voices, and the summary: what they show and what not."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guide.models import Edition, Option, Questionnaire
from tests import make
from tests.views.html import Page

pytestmark = pytest.mark.django_db

#: For each level, the answers that lead to it, question by question.
ANSWERS: dict[str, list[tuple[str, list[str]]]] = {
    "emergency": [("signs", ["a1"])],
    "urgent": [("signs", ["a2"]), ("feel", ["c1"])],
    "doctor": [("signs", ["a8"]), ("feel", ["c2"]), ("helps", ["d2"])],
    "self_care": [("signs", ["a8"]), ("feel", ["c1"])],
    "out of scope": [("signs", ["a8"]), ("feel", ["c9"])],
}
VOICES = ["legs", "someone-else"]


@pytest.fixture
def reader(client: Client) -> Client:
    """A reader in front of a questionnaire that speaks in both voices."""
    made = make.questionnaire()
    made.other_slug, made.other_title = "someone-else", "Why do their legs ache?"
    made.other_summary, made.other_intro = "For a helper.", "A few questions."
    made.save()
    for option in Option.objects.all():
        option.said, option.other_said = f"my {option.slug}", f"their {option.slug}"
        option.save()
    section = make.section()
    make.tip(section)
    knot = make.rule(made, "knot", [[make.option("feel", "knot")]])
    knot.pointers.create(section=section, weight=6)
    make.rule(made, "other", [[make.option("feel", "other")]], because="Our pages are about legs.")
    for unit in (make.country(), section.article, section, made):
        make.published(unit)
    return client


def result(reader: Client, level: str, slug: str = "legs", page: str = "check_result") -> Any:
    for name, codes in ANSWERS[level]:
        reader.post(reverse("check_question", args=[slug, name]), {"answer": codes})
    return reader.get(reverse(page, args=[slug]))


def words(response: Any) -> str:
    """The words of the main part, as they are read."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    assert main
    return " ".join(re.sub(r"<[^>]*>", " ", main[0]).split())


@pytest.mark.parametrize("slug", VOICES)
def test_an_emergency_shows_the_card_and_a_way_back_and_nothing_else(
    reader: Client, slug: str
) -> None:
    response = result(reader, "emergency", slug)
    page = Page(response.content)
    mistake = reverse("check_question", args=[slug, "signs"])
    assert {link for link in page.links if link not in {"#main", "/help/#numbers"}} == {
        "tel:911",
        mistake,
    }
    assert [tag for tag, _ in page.tags if tag in {"h1", "h2", "footer", "nav", "form"}] == [
        "h1",
        "h2",
    ]


@pytest.mark.parametrize(
    ("slug", "asks", "drives"),
    [
        ("legs", "I need an ambulance. Here is why: my chest.", "Do not drive yourself."),
        (
            "someone-else",
            "I am calling for someone who needs an ambulance. Here is why: their chest.",
            "Do not let them drive.",
        ),
    ],
)
def test_an_emergency_is_read_out_in_the_voice_of_the_reader(
    reader: Client, slug: str, asks: str, drives: str
) -> None:
    text = words(result(reader, "emergency", slug))
    assert asks in text
    assert drives in text


@pytest.mark.parametrize("slug", VOICES)
def test_urgent_shows_one_card_and_nothing_that_delays(reader: Client, slug: str) -> None:
    response = result(reader, "urgent", slug)
    text = words(response)
    assert text.index("See a doctor today") < text.index("Call 911 if one of these starts")
    assert "You said: their swollen" in text or "You said: my swollen" in text
    assert "to see a doctor today. Here is why:" in text
    for later in ("Most useful", "Tonight", "This would change if", "put the phone down"):
        assert later not in text
    assert response.content.count(b'class="care emergency small"') == 1
    assert b'class="care emergency"' not in response.content
    assert b'class="dock"' not in response.content


def test_many_reasons_do_not_push_the_call_out_of_sight(reader: Client) -> None:
    made = Questionnaire.objects.get()
    none, swollen = make.option("signs", "none"), make.option("signs", "swollen")
    checked = [make.option("signs", "unsure"), make.option("together", "swollen")]
    make.case(made, "checked", "urgent", checked)
    for number in range(5):
        ache = make.option("feel", "knot").question.options.create(
            slug=f"ache-{number}", code=f"e{number}", text=f"Ache {number}"
        )
        because = f"Reason {number}."
        make.rule(made, f"more-{number}", [[swollen, ache]], level="urgent", because=because)
        make.case(made, ache.slug, "urgent", [none, ache])
    make.published(made)
    text = words(result(reader, "urgent"))
    assert text.index("More reasons") < text.index("Reason 4.") < text.index("Read this out")


@pytest.mark.parametrize("slug", VOICES)
def test_a_visit_that_can_wait_says_why_and_what_to_say(reader: Client, slug: str) -> None:
    text = words(result(reader, "doctor", slug))
    assert "See a doctor. It is not urgent" in text
    assert text.index("Ask for a visit because you said") < text.index("This would change if")
    assert text.index("Take it with you") < text.index("Read this out, or show this screen")


def test_the_parts_of_a_calm_result_come_in_their_order(reader: Client) -> None:
    text = words(result(reader, "self_care"))
    parts = [
        "Nothing you told us needs urgent care. Here is what may help.",
        "Most useful for you to read",
        "Because you said: my knot",
        "Tonight",
        "This would change if",
        "How sure is this?",
        "Take it with you",
        "Your answers",
        "Clear my answers",
    ]
    assert sorted(parts, key=text.index) == parts


@pytest.mark.parametrize("slug", VOICES)
@pytest.mark.parametrize("level", ["self_care", "out of scope"])
def test_every_self_care_result_says_when_to_come_back(
    reader: Client, level: str, slug: str
) -> None:
    text = words(result(reader, level, slug))
    for sign in ("One leg swells", "weak or numb", "Breathing", "dark brown", "6 weeks"):
        assert sign in text
    whose = "my" if slug == "legs" else "their"
    assert f"Call 911 now for: {whose} chest" in text


def test_what_the_guide_does_not_cover_is_said_plainly_and_nothing_is_made_up(
    reader: Client,
) -> None:
    text = words(result(reader, "out of scope"))
    assert "This guide does not cover it" in text
    assert "Our pages are about legs." in text
    assert "Here is what may help" not in text
    assert "Most useful" not in text


def test_a_visit_this_week_is_not_said_to_leave_tonight_free(reader: Client) -> None:
    """A reason may ask for a call today: with a statin, where the pain is new."""
    free = "Nothing has to be done about this tonight."
    assert free in words(result(reader, "doctor"))
    made = Questionnaire.objects.get()
    made.rules.filter(slug="nothing-helps").update(soon=True)
    make.published(made)
    text = words(result(reader, "doctor"))
    assert "Ask for this week." in text
    assert free not in text


def test_a_calm_remark_is_told_beside_a_visit_too(reader: Client) -> None:
    helps_not = make.option("helps", "nothing")
    make.rule(Questionnaire.objects.get(), "aside", [[helps_not]], because="Ask before you drink.")
    make.published(helps_not.unit)
    assert "Ask before you drink." in words(result(reader, "doctor"))


@pytest.mark.parametrize("level", [level for level in ANSWERS if level != "emergency"])
def test_the_summary_is_offered_where_nothing_is_lost_by_it(reader: Client, level: str) -> None:
    response = result(reader, level)
    assert "/check/legs/summary/" in Page(response.content).links
    assert result(reader, level, page="check_summary").status_code == 200


def test_in_an_emergency_the_summary_leads_to_the_result(reader: Client) -> None:
    response = result(reader, "emergency", page="check_summary")
    assert response.headers["Location"] == "/check/legs/result/"


def test_a_summary_of_nothing_leads_to_the_start(reader: Client) -> None:
    response = reader.get("/check/legs/summary/", follow=True)
    assert response.redirect_chain[-1] == ("/check/legs/", 302)


@pytest.mark.parametrize(
    ("slug", "whose", "who"),
    [("legs", "my", "by the person it is about"), ("someone-else", "their", "by a helper")],
)
def test_the_summary_sorts_the_answers_and_says_who_gave_them(
    reader: Client, slug: str, whose: str, who: str
) -> None:
    text = words(result(reader, "urgent", slug, "check_summary"))
    assert "Not a diagnosis. Answered " + who in text
    assert "by these answers: See a doctor today." in text
    assert f"What I said yes to signs : {whose} swollen feel : {whose} knot" in text
    assert f"What I said no to signs : {whose} chest" in text
    assert "Medicines:" in text


def test_the_summary_as_text_says_the_same_in_words_that_hold_in_every_country(
    reader: Client,
) -> None:
    page = result(reader, "urgent", page="check_summary").content.decode()
    text = page.partition("<textarea")[2].partition("</textarea>")[0]
    assert "- signs: my swollen\n" in text
    assert "See a doctor today." in text
    assert "{" not in text


@pytest.mark.parametrize("level", ANSWERS)
@pytest.mark.parametrize("page", ["check_result", "check_summary"])
def test_neither_address_nor_title_tells_an_answer_or_a_level(
    reader: Client, level: str, page: str
) -> None:
    response = result(reader, level, page=page)
    if response.status_code == 200:
        title = response.content.decode().partition("<title>")[2].partition("<")[0]
        assert title in {"Your results – LegRelief", "Your summary – LegRelief"}
        for link in Page(response.content).links:
            assert link.partition("?")[2] in {"", "change=1"}


@pytest.mark.parametrize("level", ANSWERS)
def test_the_summary_stays_out_of_caches_indexes_and_referrers(reader: Client, level: str) -> None:
    headers = result(reader, level, page="check_summary").headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_what_a_parent_reads_fits_a_child(client: Client, guide: list[Edition]) -> None:
    client.post("/check/child/q/now/", {"answer": ["nb"]})
    text = words(client.get("/check/child/result/"))
    assert "I am calling for my child, who needs an ambulance." in text
    assert "drive yourself" not in text
    client.post("/check/child/q/now/", {"answer": ["n0"]})
    client.post("/check/child/q/signs/", {"answer": ["so"]})
    text = words(client.get("/check/child/result/"))
    assert "I am calling for my child, who needs to see a" in text
    assert "fast or hard breathing" in text
    assert "by a parent" in words(client.get("/check/child/summary/"))
