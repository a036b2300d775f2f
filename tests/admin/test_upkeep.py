"""What waits for somebody: on the first page of the desk, in lists, and every night."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from guide.management.commands import check_guide
from guide.models import Edition, Fault, PageCount, SearchTerm, Section
from guide.pages.checks import YEARLY, later
from guide.publishing.press import publish, withdraw
from guide.publishing.submissions import submit
from tests import make
from tests.admin.conftest import signed_in

INDEX = reverse("admin:index")
LOOK = reverse("admin:guide_fault_look")


def tiles(client: Client) -> dict[str, tuple[int, str]]:
    """The amount and the address of each tile, by its words."""
    html = client.get(INDEX).content.decode()
    found = re.findall(r'<a href="([^"]+)"><b>(\d+)</b> ([^<]+)</a>', html)
    return {words: (int(count), address.replace("&amp;", "&")) for address, count, words in found}


def jobs(client: Client, name: str, **query: Any) -> list[str]:
    response: Any = client.get(reverse("admin:guide_fault_jobs", args=[name]), query)
    return [job.called for job, _, _ in response.context["jobs"]]


def checked(section: Section, ago: int) -> None:
    """Say that a section was checked so many days ago."""
    day = timezone.localdate() - timedelta(days=ago)
    Section.objects.filter(pk=section.pk).update(checked_on=day, checked_by="Dr A. Shah")


def breaks(section: Section, body: str) -> None:
    """Let readers see a text that a guard would refuse by now."""
    edition = Edition.objects.get(kind="section", slug=section.slug)
    edition.rows[0]["fields"]["body"] = body
    edition.pk, edition.number = None, edition.number + 1
    Edition.objects.bulk_create([edition])


def nightly() -> str:
    said = StringIO()
    call_command("check_guide", stdout=said)
    return said.getvalue()


def test_each_tile_leads_to_as_many_as_it_tells(editor: Client, section: Section) -> None:
    checked(section, 400)
    soon = make.section("soon", article=section.article)
    day = later(timezone.localdate() + timedelta(days=10), -YEARLY)
    Section.objects.filter(pk=soon.pk).update(checked_on=day, checked_by="Dr A. Shah")
    found = tiles(editor)
    assert found["Checks overdue"][0] == 1
    assert found["Checks due in 30 days"][0] == 1
    assert jobs(editor, "overdue") == [str(section)]
    assert jobs(editor, "soon") == [str(soon)]
    for words in ("Never checked by a clinician", "Drafts that readers do not see yet"):
        count, address = found[words]
        response: Any = editor.get(address)
        assert response.context["page"].paginator.count == count > 0


def test_the_oldest_check_comes_first(editor: Client, section: Section) -> None:
    older = make.section("older", article=section.article)
    checked(section, 400)
    checked(older, 500)
    assert jobs(editor, "overdue") == [str(older), str(section)]


def test_a_long_list_has_pages(editor: Client, section: Section) -> None:
    for number in range(60):
        checked(make.section(f"s{number}", article=section.article), 400)
    assert len(jobs(editor, "overdue")) == 50
    assert len(jobs(editor, "overdue", p=2)) == 10
    assert len(jobs(editor, "overdue", p="nonsense")) == 50


def test_a_list_can_be_of_one_kind(editor: Client, section: Section) -> None:
    make.stretch("wall")
    assert jobs(editor, "never", kind="section") == [str(section)]
    assert len(jobs(editor, "never", kind="nonsense")) == len(jobs(editor, "never")) > 1


def test_what_waits_for_a_second_person_is_told(editor: Client, section: Section) -> None:
    submit(section, user=make.staff("edna"), note="Please read")
    count, address = tiles(editor)["Waiting for a second person"]
    assert count == 1
    assert b"Please read" in editor.get(address).content


def test_a_look_finds_broken_links_and_hard_words_until_they_are_mended(
    editor: Client, section: Section
) -> None:
    breaks(section, "See [heat](/guide/none/). Click [here](/guide/ease-a-cramp/).")
    assert editor.post(LOOK).status_code == 302
    found = tiles(editor)
    assert found["Broken links"][0] == 1
    assert found["Wording to look at"][0] >= 1
    listed = editor.get(found["Broken links"][1]).content.decode()
    assert "The link to /guide/none/ is broken" in listed
    fault = Fault.objects.get(sort="links")
    assert (fault.kind, fault.slug, fault.place) == ("section", section.slug, "body")
    led: Any = editor.get(reverse("admin:guide_fault_change", args=[fault.pk]))
    assert led.url == reverse("admin:guide_section_change", args=[section.pk])
    section.body = "See a doctor."
    section.save()
    publish(section)
    assert not Fault.objects.exists()


def test_nobody_looked_yet_is_said(editor: Client) -> None:
    assert b"Nobody has looked at links and wording yet." in editor.get(INDEX).content
    editor.post(LOOK)
    assert b"were last looked at on" in editor.get(INDEX).content


def test_a_look_is_never_made_by_opening_an_address(editor: Client, section: Section) -> None:
    editor.get(LOOK)
    assert b"Nobody has looked" in editor.get(INDEX).content


def test_searches_and_pages_that_fail_readers_are_told(superuser: Client) -> None:
    SearchTerm.objects.create(key="a", term="toe", days=3, times=4, last_day="2026-11-01")
    SearchTerm.objects.create(key="b", term="", days=1, times=0, last_day="2026-11-01")
    PageCount.objects.create(page="/faq/", day="2026-11-01", views=20, yes=2, no=8)
    PageCount.objects.create(page="/cramp/", day="2026-11-01", views=20, yes=8, no=2)
    found = tiles(superuser)
    assert found["Searches that find nothing"][0] == 1
    assert b"toe" in superuser.get(found["Searches that find nothing"][1]).content
    assert found["Pages that readers do not find useful"][0] == 1
    assert b"/faq/" in superuser.get(found["Pages that readers do not find useful"][1]).content


def test_a_page_that_most_find_useful_is_not_among_those_that_fail(editor: Client) -> None:
    PageCount.objects.create(page="/faq/", day="2026-11-01", yes=2, no=8)
    PageCount.objects.create(page="/cramp/", day="2026-11-01", yes=8, no=2)
    count, address = tiles(editor)["Pages that readers do not find useful"]
    response: Any = editor.get(address)
    assert [row["page"] for row in response.context["page"]] == ["/faq/"]
    assert count == 1


def test_no_check_is_due_of_what_was_withdrawn(editor: Client, section: Section) -> None:
    checked(section, 400)
    publish(section)
    withdraw(section, message="Wrong")
    assert tiles(editor)["Checks overdue"][0] == 0
    assert jobs(editor, "overdue") == []
    assert "Checks overdue: 0" in nightly()


def test_proofs_of_kinds_that_one_may_not_see_are_neither_counted_nor_listed(
    section: Section,
) -> None:
    edna = make.staff("edna")
    submit(section, user=edna, note="Please read")
    submit(make.caution(), user=edna, note="And this")
    reader = User.objects.create_user("rita", is_staff=True)
    names = ("view_submission", "view_caution")
    reader.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = signed_in(reader)
    count, address = tiles(client)["Waiting for a second person"]
    response: Any = client.get(address)
    assert [one.proof.kind for one in response.context["cl"].result_list] == ["caution"]
    assert count == 1


def test_who_may_see_nothing_is_told_of_nothing(stranger: Client, section: Section) -> None:
    Fault.objects.create(kind="section", slug="red", title="Red", sort="links", said="broken")
    assert tiles(stranger) == {}
    for name in ("overdue", "drafts"):
        assert stranger.get(reverse("admin:guide_fault_jobs", args=[name])).status_code == 403
    assert stranger.post(LOOK).status_code == 403
    assert stranger.get(reverse("admin:guide_fault_changelist")).status_code == 403


def test_a_list_that_does_not_exist_is_not_found(editor: Client) -> None:
    for name in ("none", "links"):
        assert editor.get(reverse("admin:guide_fault_jobs", args=[name])).status_code == 404


def test_the_first_page_costs_the_same_queries_whatever_there_is(
    editor: Client, section: Section
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            editor.get(INDEX)
        return len(asked)

    one = cost()
    for number in range(20):
        checked(make.section(f"s{number}", article=section.article), 400)
        Fault.objects.create(kind="faq", slug=f"f{number}", title="F", sort="words", said="long")
    assert cost() == one


def test_every_night_fails_while_a_check_is_overdue(section: Section) -> None:
    assert "Checks overdue: 0" in nightly()
    checked(section, 400)
    with pytest.raises(CommandError, match="Checks overdue: 1"):
        nightly()


def test_every_night_fails_while_a_link_is_broken_and_names_it(section: Section) -> None:
    breaks(section, "See [heat](/guide/none/).")
    said = StringIO()
    with pytest.raises(CommandError, match="Broken links: 1"):
        call_command("check_guide", stdout=said)
    assert f"section {section.slug}, body: The link to /guide/none/ is broken" in said.getvalue()


def test_every_night_tells_the_first_of_many_and_how_many_more(
    section: Section, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_guide, "LISTED", 2)
    for number in range(4):
        make.section(f"s{number}", article=section.article)
    drafts = nightly().split("Drafts that readers do not see yet: ")[1].splitlines()
    more = int(drafts[0]) - 2
    assert [line.startswith("  ") for line in drafts[1:5]] == [True, True, True, False]
    assert drafts[3] == f"  and {more} more"


def test_every_night_tells_what_the_first_page_tells(editor: Client, section: Section) -> None:
    make.section("draft", article=section.article)
    said = nightly()
    for words, (count, _) in tiles(editor).items():
        assert f"{words}: {count}\n" in said
    assert re.search(r"^  section .*never checked; edited", said, re.MULTILINE)


def test_what_was_withdrawn_has_no_faults(section: Section) -> None:
    Fault.objects.create(kind="section", slug=section.slug, title="Red", sort="words", said="long")
    withdraw(section, message="Wrong")
    assert not Fault.objects.exists()
