"""The desk as files: taken away, compared, and put back as drafts."""

from __future__ import annotations

import csv
import random
from io import StringIO
from typing import Any

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from guide.admin.load_forms import MOST_SENT, Sent, sealed
from guide.models import Article, Edition, ExemptWord, LoadedRow, Moved, Section, Source, Tip
from guide.publishing.dump import guide_files
from guide.publishing.hands import hands
from guide.publishing.packed import pack, unpack
from guide.publishing.rename import rename
from tests import make
from tests.admin.desk import address, messages

pytestmark = pytest.mark.django_db

LOAD = reverse("admin:guide_files_load")
HAND_IN = reverse("admin:guide_files_hand_in")


def taken(client: Client, section: Section) -> str:
    """The file of the article of a section, as it is taken away."""
    response = client.get(reverse("admin:guide_files_article", args=[section.article.pk]))
    assert response.headers["Content-Disposition"] == 'attachment; filename="ease-a-cramp.yaml"'
    return response.content.decode()


def send(client: Client, text: str | bytes, name: str = "ease-a-cramp.yaml") -> Any:
    data = text.encode() if isinstance(text, str) else text
    return client.post(LOAD, {"file": SimpleUploadedFile(name, data)})


def posted(compared: Any, **typed: str) -> dict[str, str]:
    form = compared.context["hand_in"]
    return {name: form[name].value() for name in ("version", "sent")} | typed


def hand_in(client: Client, compared: Any, **typed: str) -> Any:
    return client.post(HAND_IN, posted(compared, **typed), follow=True)


def problems(response: Any) -> list[str]:
    found: list[str] = response.context["problems"]
    return found


def changed(compared: Any) -> list[tuple[str, str, str]]:
    handed = compared.context["handed"]
    return [(str(one.row), c.row, c.field) for one in handed.changed for c in one.changes]


def test_an_article_is_taken_away_changed_and_loaded_as_a_draft(
    editor: Client, section: Section
) -> None:
    text = taken(editor, section).replace("Warm it", "Warm it gently")
    before = Edition.objects.filter(live_from__isnull=False).count()
    compared = send(editor, text)
    assert changed(compared) == [("Heat and cold", "Tip warm-it", "Action")]
    assert '<ins><span class="visually-hidden">[added: </span> gently' in compared.content.decode()
    assert Tip.objects.get().action == "Warm it"
    loaded = hand_in(editor, compared)
    assert "0 pages new, 1 page changed" in messages(loaded)[0]
    assert Tip.objects.get().action == "Warm it gently"
    assert Edition.objects.filter(live_from__isnull=False).count() == before
    assert "Warm it gently" not in editor.get("/guide/ease-a-cramp/").content.decode()
    section.refresh_from_db()
    edith = User.objects.get(username="edith")
    assert section.edited_by == edith
    assert edith.pk in hands(section, None)
    entry = LogEntry.objects.get(action_flag=CHANGE)
    assert (entry.object_id, entry.user) == (str(section.pk), edith)
    assert entry.get_change_message() == "Loaded from ease-a-cramp.yaml"


def test_a_dry_run_leaves_no_trace(editor: Client, section: Section) -> None:
    was = guide_files(), section.version, Edition.objects.count()
    send(editor, taken(editor, section).replace("Warm it", "Cool it"))
    section.refresh_from_db()
    assert (guide_files(), section.version, Edition.objects.count()) == was
    assert not LogEntry.objects.exists()


def test_a_file_that_says_the_same_changes_nothing(editor: Client, section: Section) -> None:
    compared = send(editor, taken(editor, section))
    assert changed(compared) == []
    assert "2 pages in the file: no change." in compared.content.decode()
    assert 'value="Load as drafts"' not in compared.content.decode()


def test_the_whole_guide_goes_out_and_comes_back(editor: Client, section: Section) -> None:
    make.questionnaire()
    ExemptWord.objects.create(slug="lamplight", why="A name")
    out = editor.get(reverse("admin:guide_files_zip"))
    files = unpack("guide.zip", out.content)
    assert files == guide_files()
    Tip.objects.all().delete()
    ExemptWord.objects.all().delete()
    compared = send(editor, out.content, "guide.zip")
    assert {row for row, _, _ in changed(compared)} == {"Heat and cold", "lamplight"}
    hand_in(editor, compared, replace="on")
    assert guide_files() == files
    assert LogEntry.objects.get(action_flag=ADDITION).object_repr == "lamplight"


def test_a_folder_around_the_files_does_not_matter(editor: Client, section: Section) -> None:
    make.questionnaire()
    data = pack({f"my guide/{name}": text for name, text in guide_files().items()})
    assert changed(send(editor, data, "guide.zip")) == []


def test_a_part_that_is_not_in_the_file_goes_and_that_is_said(
    editor: Client, section: Section
) -> None:
    text = taken(editor, section)
    compared = send(editor, text[: text.index("- model: guide.tip")])
    assert ("Heat and cold", "Tip warm-it (removed)", "Action") in changed(compared)
    hand_in(editor, compared)
    assert not Tip.objects.exists()


def test_what_is_not_in_the_file_stays(editor: Client, section: Section) -> None:
    text = taken(editor, section)
    other = make.section("shoes", article=section.article)
    hand_in(editor, send(editor, text.replace("Warm it", "Cool it")))
    assert Section.objects.filter(pk=other.pk).exists()


def test_a_draft_of_another_person_is_replaced_only_when_that_is_ticked_and_it_is_kept(
    editor: Client, section: Section
) -> None:
    text = taken(editor, section)
    ann = make.staff("ann")
    Tip.objects.get().delete()
    Section.objects.update(body="Words of Ann.", edited_by=ann)
    compared = send(editor, text)
    page = compared.content.decode()
    assert "replaces a draft" in page
    assert "edited by ann" in page
    refused = hand_in(editor, compared)
    assert "This replaces drafts. Tick the box" in refused.content.decode()
    assert Section.objects.get().body == "Words of Ann."
    hand_in(editor, refused, replace="on")
    assert Section.objects.get().body == "Warmth feels good after a cramp."
    kept = Edition.objects.get(live_from=None)
    assert kept.rows[0]["fields"]["body"] == "Words of Ann."
    assert (kept.who, kept.note) == ("ann", "The desk before edith saved another text over it")


def test_what_was_edited_since_the_comparison_is_not_replaced_unseen(
    editor: Client, section: Section
) -> None:
    compared = send(editor, taken(editor, section).replace("Warm it", "Cool it"))
    tip = Tip.objects.get()
    tip.action = "Written meanwhile"
    tip.save()
    refused = hand_in(editor, compared)
    assert "It was edited or published while you looked" in refused.content.decode()
    assert "Written meanwhile" in refused.content.decode().replace("</del>", "")
    assert Tip.objects.get().action == "Written meanwhile"
    hand_in(editor, refused, replace="on")
    assert Tip.objects.get().action == "Cool it"


def test_a_unit_that_somebody_made_meanwhile_is_not_replaced_unseen(editor: Client) -> None:
    text = "- model: guide.caution\n  fields: {slug: heart, name: Heart, sentence: Ask first.}\n"
    compared = send(editor, text, "cautions.yaml")
    made = make.caution("heart")
    assert "while you looked" in hand_in(editor, compared).content.decode()
    made.refresh_from_db()
    assert made.name == "Possible clot"


def test_a_new_page_is_a_draft(editor: Client) -> None:
    text = "- model: guide.article\n  fields: {slug: new, title: New, summary: S.}\n"
    compared = send(editor, text, "new.yaml")
    assert ": new" in compared.content.decode().replace("\n", " ").replace("  ", "")
    hand_in(editor, compared)
    assert Article.objects.get().slug == "new"
    assert not Edition.objects.exists()
    assert not LoadedRow.objects.exists()
    assert LogEntry.objects.get().action_flag == ADDITION


def test_every_mistake_is_named_by_file_row_and_field(editor: Client, section: Section) -> None:
    text = """\
- model: guide.section
  fields: {slug: a, article: [none], title: A, in_short: S., body: B.}
- model: guide.section
  fields: {slug: b, article: [ease-a-cramp], title: B, in_short: S., body: B., colour: red}
- model: guide.section
  fields: {slug: c, article: [ease-a-cramp], title: [C], in_short: S., body: B.}
- model: auth.user
  fields: {slug: root}
- model: guide.tip
  fields: {slug: lone, section: [heat-cold], action: Alone}
"""
    assert problems(send(editor, text, "a.yaml")) == [
        "a.yaml, row 2 (section b): colour: there is no such field",
        "a.yaml, row 3 (section c): title: must be text",
        "a.yaml, row 4 (auth.user): auth.user is not a row of the desk",
        "a.yaml, row 5: the section heat-cold itself is not in the file",
    ]
    assert problems(
        send(editor, text.split("- model: guide.section\n  fields: {slug: b", maxsplit=1)[0])
    ) == ["ease-a-cramp.yaml, row 1 (section a): article: no article is called none"]
    assert Section.objects.count() == 1


def test_a_row_that_is_given_twice_is_named(editor: Client, section: Section) -> None:
    text = taken(editor, section)
    assert (
        "the same row is in ease-a-cramp.yaml, row 1"
        in problems(send(editor, text + "\n" + text))[0]
    )


def test_mistakes_of_two_files_are_told_together(editor: Client) -> None:
    data = pack({"a.yaml": "{", "b.yaml": "x: 1", "c.yaml": "- 1"})
    found = problems(send(editor, data, "a.zip"))
    assert [line.partition(":")[0] for line in found] == ["a.yaml", "b.yaml", "c.yaml, row 1"]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.txt", b"x", "ends in .yaml or .zip"),
        ("a.yaml", b"x" * (MOST_SENT + 1), "more than 1 MB"),
        ("a.yaml", b"x" * 3 * MOST_SENT, "Choose a file of 1 MB at most."),
        ("a.yaml", b"\xff", "utf-8"),
        ("a.zip", b"x", "not a zip"),
        ("a.yaml", b"", "empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(
    editor: Client, name: str, data: bytes, why: str
) -> None:
    (error,) = send(editor, data, name).context["form"].errors["file"]
    assert why in error


def test_too_many_rows_are_refused_before_they_are_looked_up(editor: Client) -> None:
    row = "- model: guide.article\n  fields: {slug: a%s, title: A, summary: S.}\n"
    many = "".join(row % number for number in range(3001))
    assert problems(send(editor, many)) == ["There are more than 3000 rows. Load them in parts."]


def test_the_largest_file_fits_the_form_that_sends_it_back(settings: Any) -> None:
    """Noise in letters that JSON writes in six: nothing gets smaller by being packed."""
    letters = [chr(code) for code in range(0x400, 0x800)]
    noise = "".join(random.Random(1).choices(letters, k=MOST_SENT // 2))
    word = sealed(Sent("a.yaml", {"a.yaml": noise}), User(pk=1))
    assert len(noise.encode()) == MOST_SENT
    assert len(word) < 0.9 * 2 * 2**20 < settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def test_a_file_cannot_be_changed_between_the_two_pages(editor: Client, section: Section) -> None:
    compared = send(editor, taken(editor, section).replace("Warm it", "Cool it"))
    sent = posted(compared)["sent"]
    for word in (sent[:-1] + ("A" if sent[-1] != "A" else "B"), "", "x"):
        refused = hand_in(editor, compared, sent=word)
        assert messages(refused) == ["Not loaded: choose the file again."]
    assert Tip.objects.get().action == "Warm it"


def test_a_file_that_another_person_compared_is_not_loaded(
    editor: Client, publisher: Client, section: Section
) -> None:
    compared = send(editor, taken(editor, section).replace("Warm it", "Cool it"))
    assert messages(hand_in(publisher, compared)) == ["Not loaded: choose the file again."]
    assert Tip.objects.get().action == "Warm it"


def test_the_second_page_is_only_posted_to(editor: Client) -> None:
    assert editor.get(HAND_IN).status_code == 405


def test_former_addresses_in_a_file_are_left_out_and_names_of_today_are_used(
    editor: Client, section: Section
) -> None:
    text = taken(editor, section).replace("Warm it", "Cool it")
    rename(section, "warmth")
    moved = "- model: guide.moved\n  fields: {kind: faq, old: a, new: b}\n"
    compared = send(editor, f"{text}\n{moved}")
    assert "1 former address in the file: left out" in compared.content.decode()
    assert changed(compared) == [("Heat and cold", "Tip warm-it", "Action")]
    hand_in(editor, compared)
    assert Tip.objects.get().action == "Cool it"
    assert Moved.objects.names() == {("section", "heat-cold"): "warmth"}


def test_only_who_may_check_loads_a_check(
    editor: Client, superuser: Client, section: Section
) -> None:
    made = "    checked_on: '2026-01-31'\n    checked_by: Dr A. Shah\n    title: Heat and cold\n"
    text = taken(editor, section).replace("    title: Heat and cold\n", made)
    why = "only a clinical reviewer may say that it was checked."
    assert problems(send(editor, text)) == [
        f"ease-a-cramp.yaml, row 2: checked_on: {why}",
        f"ease-a-cramp.yaml, row 2: checked_by: {why}",
    ]
    hand_in(superuser, send(superuser, text))
    assert Section.objects.get().checked_by == "Dr A. Shah"
    assert changed(send(editor, taken(editor, section))) == []


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("add_tip", "you may not add a tip."),
        ("change_section", "you may not change a section."),
        ("delete_tip", "you may not delete a tip."),
    ],
)
def test_nothing_is_loaded_that_the_person_may_not_do_on_the_page(
    stranger: Client, superuser: Client, section: Section, name: str, why: str
) -> None:
    text = taken(superuser, section).replace("Warmth feels", "Heat feels").replace("warm-it", "new")
    stan = User.objects.get(username="stan")
    edits = Permission.objects.filter(content_type__app_label="guide").exclude(codename=name)
    stan.user_permissions.set(edits)
    assert problems(send(stranger, text)) == [
        f"ease-a-cramp.yaml, row {3 if name == 'add_tip' else 2}: {why}"
    ]


@pytest.mark.parametrize("role", ["clinician", "stranger"])
def test_who_edits_nothing_loads_nothing(role: str, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue(role)
    assert client.get(LOAD).status_code == 403
    assert send(client, "[]").status_code == 403
    assert client.post(HAND_IN).status_code == 403


def test_what_is_taken_away_is_for_those_who_may_read_it(
    editor: Client, clinician: Client, stranger: Client, client: Client, section: Section
) -> None:
    for name, args in (
        ("zip", []),
        ("sources", []),
        ("reviews", []),
        ("article", [section.article.pk]),
    ):
        url = reverse(f"admin:guide_files_{name}", args=args)
        assert editor.get(url).status_code == clinician.get(url).status_code == 200
        assert stranger.get(url).status_code == 403
        assert client.get(url).status_code == 302
    assert "In and out" not in stranger.get(reverse("admin:index")).content.decode()
    assert LOAD not in clinician.get(reverse("admin:index")).content.decode()


def test_the_first_page_and_the_page_of_an_article_lead_to_them(
    editor: Client, section: Section
) -> None:
    index = editor.get(reverse("admin:index")).content.decode()
    for name in ("load", "zip", "sources", "reviews"):
        assert f'href="{reverse(f"admin:guide_files_{name}")}"' in index
    page = editor.get(address(section.article)).content.decode()
    assert reverse("admin:guide_files_article", args=[section.article.pk]) in page


def test_an_article_that_is_not_there_is_not_found(editor: Client) -> None:
    assert editor.get(reverse("admin:guide_files_article", args=[999])).status_code == 404


def table(client: Client, name: str) -> list[dict[str, str]]:
    response = client.get(reverse(f"admin:guide_files_{name}"))
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))


def test_the_sources_are_a_table(editor: Client) -> None:
    make.published(make.source("s01", title="Krämpfe, “a” study\n", year="2024"))
    (row,) = table(editor, "sources")
    assert (row["Name"], row["Title"], row["Year"]) == ("s01", "Krämpfe, “a” study", "2024")
    assert row["How it was confirmed"] == "Read at the publisher"
    assert row["Status"] == "Published"


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_run_as_a_formula(editor: Client, title: str) -> None:
    make.source()
    Source.objects.update(title=title)
    text = editor.get(reverse("admin:guide_files_sources")).content.decode("utf-8-sig")
    (_, row) = csv.reader(StringIO(text, newline=""))
    assert row[1] == f"'{title}"


def test_the_reviews_tell_how_the_check_of_each_page_stands(
    editor: Client, section: Section
) -> None:
    Section.objects.update(checked_on="2020-01-31", checked_by="Dr A. Shah")
    found = {(row["Kind"], row["Name"]): row for row in table(editor, "reviews")}
    checked = found["section", "heat-cold"]
    assert (checked["Clinical check"], checked["Next check"]) == ("Overdue", "2021-01-31")
    assert (checked["Checked on"], checked["Checked by"]) == ("2020-01-31", "Dr A. Shah")
    assert found["article", "ease-a-cramp"]["Clinical check"] == "Not yet checked"
    assert found["article", "ease-a-cramp"]["Next check"] == ""


def test_the_reviews_hold_only_what_who_asks_may_see(stranger: Client, section: Section) -> None:
    look = Permission.objects.filter(codename="view_article")
    User.objects.get(username="stan").user_permissions.set(look)
    assert {row["Kind"] for row in table(stranger, "reviews")} == {"article"}
