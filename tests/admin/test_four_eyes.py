"""Four eyes: who wrote something does not publish it, and a proof stays what it was."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guide.models import CareCard, Edition, Hand, Section, Submission, Unit, Verdict
from guide.publishing.press import withdraw
from guide.publishing.rows import rows_of
from guide.publishing.submissions import SAFETY, needs_clinician, submit
from tests import make
from tests.admin.conftest import signed_in
from tests.admin.desk import UNITS, address, messages, press, print_beside, save, tips

# Said here because some tests ask for their fixtures by name, too late for the order of tests.
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _four_eyes(settings: Any) -> None:
    settings.FOUR_EYES = True


@pytest.fixture
def second(db: None) -> Client:
    """Another publisher."""
    return signed_in(make.staff("piet", "Publishers"))


def send(client: Client, unit: Any, note: str = "A kinder word") -> Any:
    """Submit what is on the desk."""
    return _sent(client, unit, "submit", "form", note)


def check(client: Client, unit: Any, note: str = "Checked") -> Any:
    """Publish the proof that waits, on the page that shows it."""
    return _sent(client, unit, "review", "form", note)


def _sent(client: Client, unit: Any, page: str, form: str, note: str, **more: str) -> Any:
    url = address(unit, page)
    version = client.get(url).context[form]["version"].value()
    return client.post(url, {"note": note, "version": version, **more}, follow=True)


def return_it(client: Client, unit: Any, note: str = "Name the source") -> Any:
    version = client.get(address(unit, "review")).context["send_back_form"]["version"].value()
    data = {"note": note, "version": version}
    return client.post(address(unit, "send_back"), data, follow=True)


def edited(client: Client, section: Section, action: str = "Warm it gently") -> None:
    save(client, section, **{"tips-0-action": action})


def test_an_editor_submits_and_another_person_publishes(
    editor: Client, publisher: Client, section: Section
) -> None:
    edited(editor, section)
    assert "Submitted" in messages(send(editor, section))[0]
    assert tips() == ["Warm it"]
    assert "Readers see edition 3 now." in messages(check(publisher, section))[0]
    assert tips() == ["Warm it gently"]
    proof, printed = Edition.objects.filter(kind="section", number__gt=1).order_by("number")
    assert (proof.live_from, proof.who, proof.note) == (None, "edith", "A kinder word")
    assert (printed.who, printed.note, printed.rows) == ("paula", "Checked", proof.rows)
    verdict = Verdict.objects.get()
    assert (verdict.outcome, verdict.who, verdict.edition) == ("published", "paula", printed)


def test_save_and_submit_goes_on_to_the_page_to_submit(editor: Client, section: Section) -> None:
    response = save(editor, section, _submit="1", title="Warmth")
    assert response["Location"] == address(section, "submit")
    assert Section.objects.get().title == "Warmth"


def test_who_checks_sees_the_proof_against_what_is_live(
    editor: Client, publisher: Client, section: Section
) -> None:
    edited(editor, section)
    send(editor, section)
    page = publisher.get(address(section, "review"))
    (change,) = page.context["changes"]
    assert (change.before, change.after) == ("Warm it", "Warm it gently")
    assert "A kinder word" in page.content.decode()
    frame = publisher.get(address(section, "edition_frame", 2), {"look": "night"})
    assert "Warm it gently" in frame.content.decode()
    assert address(section, "edition", 2) in page.content.decode()


def test_the_proof_is_published_and_not_the_desk_as_it_is_by_then(
    editor: Client, publisher: Client, section: Section
) -> None:
    edited(editor, section)
    send(editor, section)
    edited(editor, section, "Boil it")
    page = publisher.get(address(section, "review")).content.decode()
    assert "The desk was edited since" in page
    assert "Boil" not in page
    check(publisher, section)
    assert tips() == ["Warm it gently"]
    assert Section.objects.get().tips.get().action == "Boil it"
    state = publisher.get(address(section)).context["state"]
    assert state == "Changed since published"


def test_a_proof_sent_back_is_not_published_and_its_editor_reads_why(
    editor: Client, publisher: Client, section: Section
) -> None:
    edited(editor, section)
    send(editor, section)
    assert "Sent back to edith" in messages(return_it(publisher, section))[0]
    assert tips() == ["Warm it"]
    assert "Name the source" in editor.get(address(section)).content.decode()
    assert "Nothing waits" in messages(publisher.get(address(section, "review"), follow=True))[0]
    send(editor, section, "Named it")
    assert "Name the source" not in editor.get(address(section)).content.decode()
    check(publisher, section)
    assert tips() == ["Warm it gently"]


def test_sending_back_needs_a_note(editor: Client, publisher: Client, section: Section) -> None:
    edited(editor, section)
    send(editor, section)
    assert return_it(publisher, section, "").context["send_back_form"].errors["note"]
    assert not Verdict.objects.exists()


def test_who_wrote_it_does_not_publish_it(publisher: Client, section: Section) -> None:
    edited(publisher, section)
    send(publisher, section)
    page = publisher.get(address(section, "review")).content.decode()
    assert "somebody else has to check it" in page
    proof = Submission.objects.get().proof
    data = {"note": "Mine", "version": f"{proof.number}.1"}
    assert publisher.post(address(section, "review"), data).status_code == 403
    assert tips() == ["Warm it"]


def test_who_wrote_some_of_it_does_not_publish_it_though_another_wrote_last(
    editor: Client, publisher: Client, second: Client, section: Section
) -> None:
    save(publisher, section, title="Warmth")
    edited(editor, section)
    send(editor, section)
    assert "You wrote some of it" in publisher.get(address(section, "review")).content.decode()
    assert publisher.post(address(section, "review"), {"note": "n"}).status_code == 403
    check(second, section)
    assert tips() == ["Warm it gently"]


def test_who_only_submitted_what_another_wrote_does_not_publish_it(
    editor: Client, publisher: Client, section: Section
) -> None:
    edited(editor, section)
    send(publisher, section)
    assert publisher.post(address(section, "review"), {"note": "n"}).status_code == 403


def test_who_restored_an_old_text_does_not_publish_it(
    editor: Client, publisher: Client, second: Client, section: Section
) -> None:
    edited(editor, section)
    send(editor, section)
    check(publisher, section)
    publisher.post(address(section, "restore", 1))
    send(editor, section)
    assert publisher.post(address(section, "review"), {"note": "n"}).status_code == 403
    check(second, section)
    assert tips() == ["Warm it"]


def test_withdrawing_in_between_does_not_wash_any_hands(
    publisher: Client, section: Section
) -> None:
    edited(publisher, section)
    section.refresh_from_db()
    withdraw(section, message="Out of date")
    send(publisher, section)
    assert publisher.post(address(section, "review"), {"note": "n"}).status_code == 403


def test_a_new_address_of_a_draft_does_not_wash_any_hands(
    editor: Client, publisher: Client
) -> None:
    draft = make.section()
    save(publisher, draft, body="Mine.")
    save(editor, draft, slug="warmth")
    draft.refresh_from_db()
    send(editor, draft)
    assert publisher.post(address(draft, "review"), {"note": "n"}).status_code == 403


def test_hands_are_clean_again_once_it_was_checked(
    editor: Client, publisher: Client, second: Client, section: Section
) -> None:
    edited(publisher, section)
    send(publisher, section)
    check(second, section)
    edited(editor, section, "Rest it")
    send(editor, section)
    check(publisher, section)
    assert tips() == ["Rest it"]


@pytest.mark.parametrize("kind", UNITS)
def test_nobody_publishes_the_desk_itself(superuser: Client, kind: str) -> None:
    unit = UNITS[kind]()
    assert 'name="_publish"' not in superuser.get(address(unit)).content.decode()
    data = {"note": "n", "version": f"{unit.version}.0"}
    assert superuser.post(address(unit, "publish"), data).status_code == 403
    assert not Edition.objects.exists()


def test_a_superuser_does_not_publish_what_they_wrote(superuser: Client, section: Section) -> None:
    edited(superuser, section)
    send(superuser, section)
    assert superuser.post(address(section, "review"), {"note": "n"}).status_code == 403


@pytest.mark.parametrize("kind", UNITS)
@pytest.mark.parametrize(
    "role", ["client", "stranger", "editor", "publisher", "clinician", "superuser"]
)
def test_a_proof_is_published_by_those_who_may_and_no_one_else(
    role: str, kind: str, request: pytest.FixtureRequest
) -> None:
    client: Client = request.getfixturevalue(role)
    unit = UNITS[kind]()
    print_beside(unit)
    unit.refresh_from_db()
    submission = submit(unit, user=make.staff("ann"), note="New")
    data = {"note": "n", "version": f"{submission.proof.number}.0"}
    response = client.post(address(unit, "review"), data)
    allowed = {"clinician", "superuser"} | (set() if kind in SAFETY else {"publisher"})
    printed = Edition.objects.filter(kind=kind, live_from__isnull=False)
    assert printed.exists() == (role in allowed)
    assert response.status_code == (302 if role in allowed else 403)


@pytest.mark.parametrize("role", ["client", "stranger", "editor", "publisher"])
def test_a_proof_is_sent_back_by_publishers_only(
    role: str, request: pytest.FixtureRequest, section: Section
) -> None:
    client: Client = request.getfixturevalue(role)
    submission = submit(section, user=make.staff("ann"), note="New")
    data = {"note": "n", "version": f"{submission.proof.number}.1"}
    client.post(address(section, "send_back"), data)
    assert Verdict.objects.exists() == (role == "publisher")


def test_only_those_who_edit_submit(stranger: Client, client: Client, section: Section) -> None:
    section.save()
    for person in (stranger, client):
        person.post(address(section, "submit"), {"note": "n", "version": f"{section.version}.1"})
    assert not Submission.objects.exists()


def test_safety_rests_on_cautions_questions_numbers_to_call_warning_signs_and_care_cards(
    db: None,
) -> None:
    def safety(unit: Unit) -> bool:
        return needs_clinician(unit.kind, rows_of(unit))

    shell = make.article("when-to-get-help")
    plain = make.section("plain", article=make.article("other"))
    with_card = make.section("with-card", article=plain.article)
    CareCard.objects.create(
        section=with_card, slug="now", level="urgent", heading="Call if:", lines="A sign"
    )
    safe = [shell, make.section("help", article=shell), with_card, make.caution()]
    assert all(map(safety, [*safe, make.questionnaire(), make.country()]))
    others = [plain, plain.article, make.stretch(), make.source(), make.claim()]
    assert not any(map(safety, others))


def test_taking_the_warning_from_a_page_needs_a_clinician_as_well(
    publisher: Client, section: Section
) -> None:
    card = CareCard.objects.create(
        section=section, slug="now", level="urgent", heading="Call if:", lines="A sign"
    )
    section.refresh_from_db()
    make.published(section)
    card.delete()
    section.refresh_from_db()
    submission = submit(section, user=make.staff("ann"), note="Shorter")
    data = {"note": "n", "version": f"{submission.proof.number}.2"}
    assert publisher.post(address(section, "review"), data).status_code == 403
    assert publisher.post(address(section, "withdraw"), {"message": "m"}).status_code == 403


def test_a_reviewer_who_is_in_the_group_publishes_what_safety_rests_on(
    editor: Client, publisher: Client
) -> None:
    caution = make.caution()
    save(editor, caution, sentence="Do not rub it.")
    send(editor, caution)
    assert publisher.post(address(caution, "review"), {"note": "n"}).status_code == 403
    paula = User.objects.get(username="paula")
    paula.groups.add(Group.objects.get(name="Clinical reviewers"))
    check(publisher, caution)
    assert Edition.objects.filter(kind="caution", live_from__isnull=False).exists()


def test_a_proof_that_a_guard_refuses_says_why_and_waits_on(
    editor: Client, publisher: Client, section: Section
) -> None:
    caution = make.caution()
    save(editor, section, **{"tips-0-cautions": [caution.pk]})
    assert "is not public" in editor.get(address(section, "submit")).content.decode()
    send(editor, section)
    assert "is not public" in publisher.get(address(section, "review")).content.decode()
    refused = check(publisher, section)
    assert "is not public" in str(refused.context["form"].non_field_errors())
    assert not Verdict.objects.exists()
    make.published(caution)
    check(publisher, section)
    assert Verdict.objects.get().outcome == "published"


def test_a_proof_is_not_published_over_newer_work(
    editor: Client, publisher: Client, section: Section
) -> None:
    edited(editor, section)
    send(editor, section)
    shown = publisher.get(address(section, "review")).context["form"]["version"].value()
    make.published(section)
    page = publisher.get(address(section, "review")).content.decode()
    assert "older than what was published since" in page
    newest = Edition.objects.filter(live_from__isnull=False, kind="section").latest("number")
    for version in (shown, f"{shown.partition('.')[0]}.{newest.number}"):
        publisher.post(address(section, "review"), {"note": "n", "version": version})
    assert Edition.objects.filter(kind="section", live_from__isnull=False).count() == 2
    assert not Verdict.objects.exists()


def test_a_proof_that_was_submitted_anew_while_it_was_read_is_shown_once_more(
    editor: Client, publisher: Client, section: Section
) -> None:
    edited(editor, section)
    send(editor, section)
    shown = publisher.get(address(section, "review")).context["form"]["version"].value()
    edited(editor, section, "Boil it")
    send(editor, section)
    assert Submission.objects.waiting().count() == 1
    data = {"note": "n", "version": shown}
    answer = publisher.post(address(section, "review"), data)
    assert "while you looked" in str(answer.context["form"].non_field_errors())
    publisher.post(address(section, "send_back"), data)
    assert [verdict.outcome for verdict in Verdict.objects.all()] == ["replaced"]
    assert tips() == ["Warm it"]


def test_submissions_and_verdicts_are_never_changed(
    editor: Client, publisher: Client, section: Section
) -> None:
    edited(editor, section)
    send(editor, section)
    return_it(publisher, section)
    for row in (Submission.objects.get(), Verdict.objects.get()):
        for change in (row.save, row.delete):
            with pytest.raises(TypeError, match="append-only"):
                change()


def test_every_step_is_in_the_trail(editor: Client, publisher: Client, section: Section) -> None:
    edited(editor, section)
    send(editor, section, "First")
    return_it(publisher, section, "Not yet")
    send(editor, section, "Second")
    check(publisher, section, "Good")
    said = [
        (entry.user.username, entry.get_change_message())
        for entry in LogEntry.objects.filter(object_id=str(section.pk)).order_by("pk")
    ]
    assert said[1:] == [
        ("edith", "Submitted proof 2: First"),
        ("paula", "Sent back proof 2: Not yet"),
        ("edith", "Submitted proof 3: Second"),
        ("paula", "Published edition 4: Good"),
    ]


def test_the_queue_shows_what_waits_and_leads_to_where_it_is_checked(
    editor: Client, publisher: Client, section: Section
) -> None:
    edited(editor, section)
    send(editor, section)
    caution = make.caution()
    submit(caution, user=make.staff("ann"), note="New")
    queue = reverse("admin:guide_submission_changelist")

    def shown(client: Client, **query: str) -> list[str]:
        found = client.get(queue, query).context["cl"].result_list
        return [submission.proof.slug for submission in found]

    assert shown(publisher) == ["heat-cold", "possible-clot"]
    assert shown(publisher, kind="caution") == ["possible-clot"]
    assert shown(editor, whose="mine") == ["heat-cold"]
    assert shown(editor, whose="others") == ["possible-clot"]
    assert shown(editor, q="A kinder word") == ["heat-cold"]
    submission = Submission.objects.of("section", "heat-cold").get()
    way = reverse("admin:guide_submission_change", args=[submission.pk])
    assert way in publisher.get(queue).content.decode()
    assert publisher.get(way)["Location"] == address(section, "review")
    return_it(publisher, section)
    assert shown(publisher) == ["possible-clot"]
    assert shown(publisher, state="sent_back") == ["heat-cold"]
    assert "Name the source" in publisher.get(queue, {"state": "all"}).content.decode()
    assert publisher.get(way)["Location"] == address(section, "editions")


def test_with_one_person_alone_a_publisher_publishes_the_desk(
    publisher: Client, section: Section, settings: Any
) -> None:
    settings.FOUR_EYES = False
    edited(publisher, section)
    press(publisher, section)
    assert tips() == ["Warm it gently"]


def test_a_save_keeps_what_the_desk_said_for_the_newest_few(
    editor: Client, section: Section, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guide.publishing.hands.HANDS_WITH_ROWS", 2)
    for title in ("One", "Two", "Three"):
        save(editor, section, title=title)
    kept = [hand.rows[0]["fields"]["title"] if hand.rows else "" for hand in Hand.objects.all()]
    assert kept == ["Three", "Two", ""]


def test_a_unit_is_not_renamed_while_a_proof_of_it_waits(
    editor: Client, publisher: Client, section: Section
) -> None:
    edited(editor, section)
    send(editor, section)
    answer = publisher.post(address(section, "rename"), {"slug": "warmth"})
    assert "waits for a check" in answer.content.decode()
    check(publisher, section)
    publisher.post(address(section, "rename"), {"slug": "warmth"})
    assert Section.objects.get().slug == "warmth"
    assert publisher.get(address(section)).context["changes"] == []
    assert publisher.get(address(section, "compare"), {"old": "1"}).context["changes"]


def test_a_new_address_of_what_was_published_does_not_wash_any_hands(
    editor: Client, publisher: Client, second: Client, section: Section
) -> None:
    edited(publisher, section)
    second.post(address(section, "rename"), {"slug": "warmth"})
    section.refresh_from_db()
    send(editor, section)
    assert publisher.post(address(section, "review"), {"note": "n"}).status_code == 403
    check(second, section)
    assert Edition.objects.live(timezone.now()).get(kind="section").slug == "warmth"


def test_a_clinician_who_only_marked_it_as_checked_may_publish_it(
    editor: Client, clinician: Client
) -> None:
    caution = make.caution()
    save(editor, caution, sentence="Do not rub it.")
    page = clinician.get(address(caution, "check"))
    data = {"checked_by": "Dr A. Shah", "version": page.context["form"]["version"].value()}
    clinician.post(address(caution, "check"), data)
    send(editor, caution)
    check(clinician, caution)
    assert Edition.objects.get(live_from__isnull=False).rows[0]["fields"]["checked_by"]
