"""Where a unit is used, and that nobody takes it away unawares."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from guide.models import FAQ, Section, Source, Stretch, Tip
from guide.publishing.uses import desk_uses, live_uses, use_counts
from tests import make
from tests.admin.desk import address
from tests.admin.test_lists import changelist


@pytest.fixture
def source(section: Section) -> Source:
    """A source that the section and its tip rest on, on the desk."""
    made = make.source()
    make.published(made)
    section.sources.add(made)
    Tip.objects.get().sources.add(made)
    section.save()
    return made


def rows(client: Client, unit: Any) -> list[tuple[object, ...]]:
    listing = client.get(address(unit)).context["where_used"].listing
    return [tuple(cells) for _, cells in listing.rows]


def test_the_page_of_a_unit_says_where_it_is_used_and_whether_readers_see_it(
    editor: Client, section: Section, source: Source
) -> None:
    where = "Section “Heat and cold”"
    assert rows(editor, source) == [
        (where, "Sources", "Not yet"),
        (where, "Sources of the tip “Warm it”", "Not yet"),
    ]
    make.published(section)
    assert {seen for _, _, seen in rows(editor, source)} == {"Yes"}
    page = editor.get(address(source)).content.decode()
    assert f'<a href="{address(section)}">{where}</a>' in page


def test_rows_that_are_alike_are_counted(editor: Client, section: Section, source: Source) -> None:
    make.tip(section, "rest", action="Rest").sources.add(source)
    assert ("Section “Heat and cold”", "Sources of 2 tips", "Not yet") in rows(editor, source)


def test_a_link_in_prose_is_a_use(editor: Client, section: Section) -> None:
    make.faq(more="See [warmth](/guide/ease-a-cramp/#heat-cold).", section=make.section("other"))
    assert rows(editor, section) == [
        ("Question and answer “Can I use heat?”", "A link in more", "Not yet")
    ]


def test_a_longer_address_is_no_link_to_a_shorter_one(section: Section) -> None:
    make.faq(more="See [it](/guide/ease-a-cramp/#heat-cold-how).", section=make.section("other"))
    assert desk_uses(section) == []


def test_what_only_readers_still_see_is_said(
    editor: Client, section: Section, source: Source
) -> None:
    make.published(section)
    section.sources.clear()
    Tip.objects.get().sources.clear()
    assert rows(editor, source) == [
        (
            "Section “Heat and cold”",
            "Taken out on the desk, and not published yet",
            "Yes",
        )
    ]


def test_what_hangs_on_a_unit_is_no_use_of_it(editor: Client, section: Section) -> None:
    assert rows(editor, section) == []
    assert "Nothing points to it." in editor.get(address(section)).content.decode()


def test_a_page_says_that_its_unit_cannot_be_withdrawn(
    editor: Client, section: Section, source: Source
) -> None:
    held = "It cannot be withdrawn as long as that is so."
    assert held not in editor.get(address(source)).content.decode()
    make.published(section)
    page = editor.get(address(source)).content.decode()
    assert held in page
    assert "The section “Heat and cold” still uses it." in page


def test_lists_count_the_uses_of_each_row_in_one_query(
    editor: Client, section: Section, source: Source
) -> None:
    make.source("s02")
    page: Any = editor.get(changelist("source"))
    assert {unit.slug: unit.uses for unit in page.context["cl"].result_list} == {"s01": 2, "s02": 0}


def test_every_way_to_point_to_a_unit_is_counted(section: Section) -> None:
    stretch = make.stretch()
    Tip.objects.update(stretch=stretch)
    section.stretches.add(stretch)
    make.routine(steps=[stretch])
    make.stretch("harder", easier=stretch)
    assert use_counts(Stretch, [stretch.pk]) == {stretch.pk: 4}
    assert len(desk_uses(stretch)) == 4


def test_a_draft_that_others_use_is_not_deleted_and_they_are_listed(
    superuser: Client, section: Section
) -> None:
    """A tip that names a caution would lose it without a word otherwise."""
    caution = make.caution()
    Tip.objects.get().cautions.add(caution)
    page = superuser.get(address(caution, "delete")).content.decode()
    assert "“Possible clot” is still used here." in page
    assert f'<a href="{address(section)}">Section “Heat and cold”</a>' in page
    assert "Yes, I’m sure" not in page
    superuser.post(address(caution, "delete"), {"post": "yes"})
    assert type(caution).objects.filter(pk=caution.pk).exists()


def test_a_row_that_must_point_somewhere_holds_it_as_kindly(superuser: Client) -> None:
    draft = make.section("draft")
    make.faq(section=draft)
    page = superuser.get(address(draft, "delete")).content.decode()
    assert "is still used here. Take it out of these first" in page
    assert "Question and answer “Can I use heat?”" in page


def test_a_draft_that_nothing_uses_is_deleted(superuser: Client, section: Section) -> None:
    faq = make.faq(section=section)
    superuser.post(address(faq, "delete"), {"post": "yes"})
    assert not FAQ.objects.exists()


def test_uses_are_found_whatever_else_is_named_alike(section: Section, source: Source) -> None:
    """A slug that stands in a text is no reference."""
    make.published(section)
    make.published(make.article("s01-like", title="On s01", summary="It says s01."))
    assert [use.name for use in live_uses("source", "s01")] == [("section", "heat-cold")]
