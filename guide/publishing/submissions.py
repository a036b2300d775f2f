"""Four eyes: submit a proof, check that very proof, and publish it or send it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from guide.models import GETTING_HELP, Edition, Submission, Unit, Verdict
from guide.pages.rows import RowData, fields_of
from guide.publishing.hands import hands
from guide.publishing.press import Changed, keep, newest_pressed, publish_again, refuse
from guide.publishing.rename import history

#: Kinds of which each one is about safety. A country holds the numbers to call for help.
SAFETY = frozenset({"caution", "country", "questionnaire", "warningword"})
#: Kinds of which some are about safety and some are not: their rows tell.
TOLD_BY_ROWS = frozenset({"article", "section"})


def last_checked(unit: Unit) -> Edition | None:
    """Return the last edition that readers saw: what it says was checked."""
    seen = history(unit).due(timezone.now()).filter(withdrawn=False)
    return seen.order_by("-number").first()


def needs_clinician(kind: str, *texts: Sequence[RowData]) -> bool:
    """Tell whether the safety of readers rests on a unit, as it is or as it will be."""
    return kind in SAFETY or any(map(_warns, texts))


def _warns(rows: Sequence[RowData]) -> bool:
    shells = [fields["slug"] for fields in fields_of(rows, "guide.article")]
    owners = [fields["article"][-1] for fields in fields_of(rows, "guide.section")]
    return GETTING_HELP in (*shells, *owners) or bool(fields_of(rows, "guide.carecard"))


def why_not(user: Any, unit: Unit, submission: Submission) -> str:
    """Return why a person may not publish a submission, a sentence; empty if they may."""
    proof = submission.proof
    if refused := why_not_theirs(user, unit, proof.rows):
        return refused
    written_by = {submission.by_id, *hands(unit, last_checked(unit))}
    if settings.FOUR_EYES and user.pk in written_by:
        return "You wrote some of it, so somebody else has to check it."
    return ""


def overtaken(submission: Submission) -> str:
    """Return why nobody may publish a proof any more, a sentence; empty if they may."""
    proof = submission.proof
    if newest_pressed(proof.kind, proof.slug) < proof.number:
        return ""
    return (
        f"Proof {proof.number} is older than what was published since. It has to be submitted "
        "again, so that nothing newer is lost."
    )


def why_not_unchecked(user: Any, unit: Unit, rows: Sequence[RowData]) -> str:
    """Return why a person may not publish the desk as it is; empty if they may."""
    if settings.FOUR_EYES:
        return "Somebody else has to check it: submit it."
    return why_not_theirs(user, unit, rows)


def why_not_theirs(user: Any, unit: Unit, rows: Sequence[RowData]) -> str:
    """Return why it is not for this person to press these rows, whoever wrote them.

    Four eyes are not asked for here: to take something from readers needs no second person.
    """
    if not user.has_perm("guide.publish"):
        return "Only publishers publish."
    checked = last_checked(unit)
    safety = needs_clinician(unit.kind, rows, checked.rows if checked else ())
    if safety and not user.has_perm("guide.publish_safety"):
        return "The safety of readers rests on it: a clinical reviewer publishes it."
    return ""


def waiting(unit: Unit) -> Submission | None:
    """Return the submission of a unit that waits for a check."""
    found = Submission.objects.of(unit.kind, unit.slug).waiting()
    return found.select_related("proof", "by").first()


def submit(unit: Unit, *, user: User, note: str) -> Submission:
    """Keep the desk as a proof and ask for a check. It takes the place of an older one.

    Raises Changed when the unit was edited meanwhile.
    """
    who = user.get_username()
    with transaction.atomic():
        proof = keep(unit, who=who, note=note)
        older = waiting(unit)
        if older:
            Verdict.objects.create(submission=older, outcome=Verdict.Outcome.REPLACED, who=who)
        return Submission.objects.create(proof=proof, by=user)


def publish_submission(
    submission: Submission, *, who: str, note: str, live_from: datetime | None, newest: int
) -> Edition:
    """Publish a proof as the next edition: its rows, not the desk as it is by now.

    Raises Refused when a guard forbids it, and Changed when it was decided meanwhile or
    anything newer was published.
    """
    proof = submission.proof
    refuse(proof.kind, proof.slug, proof.rows)
    with transaction.atomic():
        edition = publish_again(proof, who=who, note=note, live_from=live_from, newest=newest)
        _decide(submission, Verdict.Outcome.PUBLISHED, who=who, note=note, edition=edition)
    return edition


def send_back(submission: Submission, *, who: str, note: str) -> Verdict:
    """Give a proof back to who submitted it. Raises Changed when it was decided meanwhile."""
    with transaction.atomic():
        return _decide(submission, Verdict.Outcome.SENT_BACK, who=who, note=note)


def _decide(submission: Submission, outcome: str, **particulars: Any) -> Verdict:
    verdict, made = Verdict.objects.get_or_create(
        submission=submission, defaults={"outcome": outcome, **particulars}
    )
    if not made:
        raise Changed(f"{submission} was decided meanwhile.")
    return verdict
