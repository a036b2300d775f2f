from __future__ import annotations

import pytest

from guide.publishing.press import withdraw
from guide.reading.articles import article, home, index, section
from guide.reading.live import NotLive, live
from tests import make

pytestmark = pytest.mark.django_db


def publish_all(*units: object) -> None:
    for unit in units:
        make.published(unit)  # type: ignore[arg-type]


def test_an_article_shows_its_live_sections_in_order() -> None:
    shell = make.article()
    first, second = make.section("shoes", order=20), make.section("feet-up", order=10)
    draft = make.section("draft", order=5)
    publish_all(shell, first, second)
    page = article(live(), "ease-a-cramp")
    assert [part["slug"] for part in page["sections"]] == ["feet-up", "shoes"]
    assert draft.slug not in str(index(live(), 1))


def test_a_section_whose_article_is_not_published_makes_no_article() -> None:
    publish_all(make.section())
    with pytest.raises(NotLive):
        article(live(), "ease-a-cramp")


def test_a_withdrawn_section_leaves_its_article_and_the_index() -> None:
    shell, one, other = make.article(), make.section("shoes"), make.section("feet-up")
    publish_all(shell, one, other)
    withdraw(one, message="Out of date")
    assert [part["slug"] for part in article(live(), "ease-a-cramp")["sections"]] == ["feet-up"]
    (entry,) = index(live(), 1)["entries"]
    assert [part["slug"] for part in entry["sections"]] == ["feet-up"]


def test_a_corrected_caution_shows_on_every_page_that_uses_it_once_published() -> None:
    caution, shell = make.caution(), make.article()
    one, other = make.section("shoes"), make.section("feet-up")
    for made in (one, other):
        make.tip(made).cautions.add(caution)
    publish_all(caution, shell, one, other)

    def sentences() -> set[str]:
        parts = article(live(), "ease-a-cramp")["sections"]
        alone = [section(live(), part["slug"]) for part in parts]
        return {
            shown["sentence"]
            for part in (*parts, *alone)
            for tip in part["tips"]
            for shown in tip["cautions"]
        }

    assert sentences() == {"Do not rub a swollen leg."}
    caution.sentence = "Do not rub or warm a swollen leg."
    caution.save()
    assert sentences() == {"Do not rub a swollen leg."}
    make.published(caution)
    assert sentences() == {"Do not rub or warm a swollen leg."}


def test_a_tip_draws_its_dose_from_the_live_stretch() -> None:
    stretch, made = make.stretch(), make.section()
    make.tip(made, stretch=stretch)
    publish_all(stretch, made)
    stretch.repeats = 5
    stretch.save()

    def line() -> str:
        drawn = section(live(), "heat-cold")["tips"][0]["stretch"]
        assert drawn
        return drawn["dose_line"]

    assert "3 times" in line()
    make.published(stretch)
    assert "5 times" in line()


def test_a_reference_that_is_not_live_is_left_out() -> None:
    made = make.section()
    make.tip(made, stretch=make.stretch())
    made.sources.add(make.source())
    publish_all(made)
    page = section(live(), "heat-cold")
    assert page["sources"] == []
    assert page["tips"][0]["stretch"] is None


def test_a_source_that_nobody_has_read_is_never_shown() -> None:
    made, read, unread = make.section(), make.source("s01"), make.source("s02", confirmed="C")
    made.sources.set([read, unread])
    publish_all(read, unread, made)
    assert [shown["slug"] for shown in section(live(), "heat-cold")["sources"]] == ["s01"]


def test_articles_lead_to_the_one_before_the_one_after_and_related_ones() -> None:
    one, two, three = (make.article(slug, order=n) for n, slug in enumerate("abc"))
    two.related.add(three)
    publish_all(one, two, three)
    page = article(live(), "b")
    assert page["previous"]
    assert page["next"]
    assert (page["previous"]["slug"], page["next"]["slug"]) == ("a", "c")
    assert [card["slug"] for card in page["related"]] == ["c"]
    assert article(live(), "a")["previous"] is None
    assert article(live(), "c")["next"] is None


def test_what_is_beside_an_article_is_what_the_list_of_the_guide_has_beside_it() -> None:
    """Articles may share a place in the order: then they go by their names."""
    made = [
        make.article(slug, order=order)
        for slug, order in zip("dbeac", (2, 1, 1, 2, 2), strict=True)
    ]
    made[0].related.add(*made[1:])
    publish_all(*made)
    shown = [article(live(), entry["article"]["slug"]) for entry in index(live(), 1)["entries"]]
    assert [page["slug"] for page in shown] == ["b", "e", "a", "c", "d"]
    before = [page["previous"]["slug"] if page["previous"] else None for page in shown]
    after = [page["next"]["slug"] if page["next"] else None for page in shown]
    assert before == [None, "b", "e", "a", "c"]
    assert after == ["e", "a", "c", "d", None]


def test_an_article_is_as_new_as_its_newest_part() -> None:
    shell, made = make.article(), make.section()
    publish_all(shell)
    newest = make.published(made)
    assert article(live(), "ease-a-cramp")["updated"] == newest.live_from


def test_the_home_page_shows_the_takeaways_marked_for_it_in_order() -> None:
    publish_all(
        make.article("late", order=30, takeaway="Rest.", on_home=True),
        make.article("early", order=10, takeaway="Stretch.", on_home=True),
        make.article("quiet", order=20, takeaway="Drink."),
        make.article("empty", order=20, on_home=True),
    )
    assert [card["takeaway"] for card in home(live())["takeaways"]] == ["Stretch.", "Rest."]
