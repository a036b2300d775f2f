"""Where a unit stands between desk and readers, for the top of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guide.admin.unit_pages import planned
from guide.models import Edition, Hand, Submission, Unit, Verdict
from guide.publishing.changes import changes
from guide.publishing.rows import rows_of
from guide.publishing.submissions import waiting

if TYPE_CHECKING:
    from guide.admin.units import UnitAdmin


def standing(desk: UnitAdmin, unit: Any) -> dict[str, Any]:
    """Return what is live, what is planned, what waits, and what changed since and by whom."""
    live, submission = desk.live_edition(unit), waiting(unit)
    changed = live is not None and live.version != unit.version
    return {
        "status": unit.status,
        "state": desk.state(unit),
        "live": live,
        "withdrawn": _withdrawn(desk, unit) if live is None else None,
        "planned": planned(unit),
        "submission": submission,
        "moved_on": submission is not None and submission.proof.version != unit.version,
        "sent_back": None if submission else _sent_back(unit),
        "changes": changes(live.rows, rows_of(unit)) if live and changed else [],
        "changed": changed,
        "hands": _hands(unit, live),
        "public_address": desk.address(live) if live else "",
        "editions_url": desk.page("editions", unit),
        "compare_url": desk.page("compare", unit),
        "publish_url": desk.page("publish", unit),
        "review_url": desk.page("review", unit),
    }


def _withdrawn(desk: UnitAdmin, unit: Unit) -> Edition | None:
    """Return the edition that took a unit from readers, if one did."""
    last = desk.editions(unit).filter(live_from__isnull=False).order_by("-number").first()
    return last if last and last.withdrawn else None


def _sent_back(unit: Unit) -> Verdict | None:
    """Return why the newest submission was sent back, until it is submitted or published anew."""
    last = Submission.objects.of(unit.kind, unit.slug).select_related("verdict", "proof").first()
    verdict = last.verdict if last else None
    if verdict is None or verdict.outcome != Verdict.Outcome.SENT_BACK:
        return None
    newer = Edition.objects.of(unit.kind, unit.slug).filter(
        live_from__isnull=False, number__gt=verdict.submission.proof.number
    )
    return None if newer.exists() else verdict


def _hands(unit: Unit, live: Edition | None) -> list[Hand]:
    """Return who edited a unit since it was published, the last first; each person once."""
    found = Hand.objects.filter(
        kind=unit.kind, unit=unit.pk, version__gt=live.version if live else 0
    )
    people: dict[int, Hand] = {}
    for hand in found.defer("rows").select_related("user"):
        people.setdefault(hand.user_id, hand)
    return list(people.values())
