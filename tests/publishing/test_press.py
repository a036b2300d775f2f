from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from guide.models import Edition, Section, Tip
from guide.publishing.press import Changed, Refused, keep, publish, restore, withdraw
from guide.publishing.rows import rows_of
from tests import make

pytestmark = pytest.mark.django_db


def live(kind: str, slug: str) -> Edition | None:
    return Edition.objects.live(timezone.now()).filter(kind=kind, slug=slug).first()


def test_a_draft_is_not_live() -> None:
    make.section()
    assert live("section", "heat-cold") is None


def test_publishing_makes_the_desk_live_with_its_parts_note_and_author() -> None:
    section = make.section()
    make.tip(section)
    publish(section, who="ann", note="First words")
    edition = live("section", "heat-cold")
    assert edition is not None
    assert [row["model"] for row in edition.rows] == ["guide.section", "guide.tip"]
    assert (edition.number, edition.who, edition.note) == (1, "ann", "First words")
    assert (edition.title, edition.parent) == ("Heat and cold", "ease-a-cramp")


def test_an_edit_after_publishing_changes_nothing_live() -> None:
    section = make.section()
    publish(section)
    section.body = "Quite other words."
    section.save()
    edition = live("section", "heat-cold")
    assert edition is not None
    assert edition.rows[0]["fields"]["body"] == "Warmth feels good after a cramp."


def test_the_highest_due_number_is_live() -> None:
    section = make.section()
    publish(section)
    section.title = "Warmth and cold"
    section.save()
    publish(section)
    edition = live("section", "heat-cold")
    assert edition is not None
    assert (edition.number, edition.title) == (2, "Warmth and cold")


def test_a_scheduled_edition_becomes_live_by_the_clock_alone() -> None:
    section = make.section()
    publish(section)
    later = timezone.now() + timedelta(hours=1)
    publish(section, live_from=later)
    assert Edition.objects.live(later - timedelta(seconds=1)).get(kind="section").number == 1
    assert Edition.objects.live(later + timedelta(seconds=1)).get(kind="section").number == 2


def test_what_is_only_kept_is_never_live() -> None:
    section = make.section()
    keep(section)
    assert live("section", "heat-cold") is None


def test_withdrawing_hides_the_unit_and_publishing_brings_it_back() -> None:
    section = make.section()
    publish(section)
    withdraw(section, message="Out of date")
    assert live("section", "heat-cold") is None
    publish(section)
    edition = live("section", "heat-cold")
    assert edition is not None
    assert edition.number == 3


def test_a_caution_that_a_live_tip_carries_cannot_be_withdrawn() -> None:
    caution, section = make.caution(), make.section()
    make.tip(section).cautions.add(caution)
    publish(caution)
    publish(section)
    with pytest.raises(Refused, match="Heat and cold"):
        withdraw(caution, message="No longer needed")
    assert live("caution", "possible-clot") is not None


def test_a_unit_edited_while_it_was_checked_is_not_published() -> None:
    section = make.section()
    Section.objects.get(pk=section.pk).save()
    with pytest.raises(Changed):
        publish(section)
    assert not Edition.objects.exists()


def test_editions_cannot_be_changed_or_deleted() -> None:
    edition = publish(make.section())
    with pytest.raises(TypeError):
        edition.save()
    with pytest.raises(TypeError):
        edition.delete()
    with pytest.raises(TypeError):
        Edition.objects.update(title="x")
    with pytest.raises(TypeError):
        Edition.objects.all().delete()


def test_restoring_brings_rows_and_parts_back_as_a_draft() -> None:
    caution, section = make.caution(), make.section()
    make.tip(section, "warm-it").cautions.add(caution)
    make.tip(section, "cool-it", action="Cool it")
    section.refresh_from_db()
    publish(caution)
    first = publish(section)
    Tip.objects.get(slug="warm-it").delete()
    make.tip(section, "new-tip", action="Something new")
    section.body = "Other words."
    section.save()
    second = publish(section)

    restored = restore(first, who="ann")

    assert rows_of(restored) == first.rows
    assert live("section", "heat-cold") == second


def test_restoring_first_keeps_a_desk_that_is_in_no_edition() -> None:
    section = make.section()
    first = publish(section)
    section.body = "A draft that nobody published."
    section.save()
    restore(first)
    kept = Edition.objects.get(number=2)
    assert kept.live_from is None
    assert kept.rows[0]["fields"]["body"] == "A draft that nobody published."


def test_restoring_brings_back_a_unit_that_was_deleted_from_the_desk() -> None:
    section = make.section()
    make.tip(section)
    first = publish(section)
    section.delete()
    assert rows_of(restore(first)) == first.rows


def test_saving_a_part_counts_as_a_change_of_its_unit() -> None:
    section = make.section()
    before = section.version
    tip = make.tip(section)
    assert section.version > before
    tip.delete()
    assert Section.objects.get().version > section.version


def test_text_is_tidied_when_saved() -> None:
    section = make.section(body="One line  \r\nand more\t\r\n\r\n")
    assert Section.objects.get(pk=section.pk).body == "One line\nand more"


def test_the_section_of_warning_signs_cannot_be_withdrawn() -> None:
    section = make.section("red-flags")
    publish(section)
    with pytest.raises(Refused, match="/help/"):
        withdraw(section, message="Not needed")


@pytest.mark.parametrize("figure", [{"pose": {}}, {"title": "A pose", "pose": {"hip": [1, 1]}}])
def test_a_stretch_whose_figure_cannot_be_drawn_is_not_published(figure: dict[str, object]) -> None:
    with pytest.raises(Refused):
        publish(make.stretch(figure=figure))


def test_an_advice_is_not_published_before_the_caution_that_it_carries() -> None:
    caution, section = make.caution(), make.section()
    make.tip(section).cautions.add(caution)
    with pytest.raises(Refused, match="possible-clot"):
        publish(section)
    publish(caution)
    publish(section)


def test_the_default_country_cannot_be_withdrawn() -> None:
    publish(make.country("gb"))
    default = make.country("us")
    publish(default)
    with pytest.raises(Refused, match="not chosen"):
        withdraw(default, message="Not needed")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "10.1000/x", "https://a b"])
def test_a_source_has_a_web_address_or_none(address: str) -> None:
    source = make.source()
    source.address = address
    with pytest.raises(ValidationError):
        source.full_clean()


def test_a_questionnaire_cannot_take_the_address_of_another_page() -> None:
    made = make.questionnaire()
    made.slug = "clear"
    with pytest.raises(ValidationError, match="taken"):
        made.full_clean()
