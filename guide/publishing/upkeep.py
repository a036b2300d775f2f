"""What needs somebody's hand: the same for the first page of the desk and for the nightly check.

What rows tell by themselves (checks due, drafts, proofs) is asked at once, in few queries. What
takes reading, as links and words do, is looked for at night and stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import CharField, Count, QuerySet, Value
from django.utils import timezone

from guide.models import (
    UNIT_BY_KIND,
    UNITS,
    Edition,
    ExemptWord,
    Fault,
    Look,
    PageCount,
    SearchTerm,
    Submission,
)
from guide.pages.lint import lint
from guide.pages.rows import RowData
from guide.publishing.checks import Check, due, with_check
from guide.publishing.links import broken_links
from guide.publishing.rows import key_of
from guide.publishing.status import Status, with_status

_BATCH = 500


class Job(NamedTuple):
    """A unit that waits for somebody, and why. `pk` is its key on the desk."""

    kind: str
    pk: int
    called: str
    why: str


class Duty(NamedTuple):
    """One sort of work: how much there is of it, and whether the nightly check fails on it."""

    name: str
    title: str
    amount: int
    fails: bool = False


def duties(kinds: Collection[str], today: date) -> list[Duty]:
    """Return all sorts of work with units of these kinds, the most pressing first."""
    counts = _counts(kinds, today)
    faults = Fault.objects.filter(kind__in=kinds)
    broken = faults.filter(sort=Fault.Sort.LINK).count()
    waiting = Submission.objects.waiting().filter(proof__kind__in=kinds).count()
    return [
        Duty("overdue", "Checks overdue", counts[Check.OVERDUE], fails=True),
        Duty("links", "Broken links", broken, fails=True),
        Duty("waiting", "Waiting for a second person", waiting),
        Duty("soon", "Checks due in 30 days", counts[Check.SOON]),
        Duty("never", "Never checked by a clinician", counts[Check.NEVER]),
        Duty("drafts", "Drafts that readers do not see yet", sum(map(counts.__getitem__, DRAFTS))),
        Duty("words", "Wording to look at", faults.filter(sort=Fault.Sort.WORDS).count()),
        Duty("searches", "Searches that find nothing", without_result().count()),
        Duty(
            "useful",
            "Pages that readers do not find useful",
            PageCount.objects.not_useful().count(),
        ),
    ]


def without_result() -> QuerySet[SearchTerm]:
    return SearchTerm.objects.filter(found=False).exclude(term="")


#: The sorts of work that are about units, and how to find these. No check is due of what was
#: withdrawn: nobody reads it.
BY_CHECK = {"overdue": Check.OVERDUE, "soon": Check.SOON, "never": Check.NEVER}
DRAFTS = (Status.DRAFT, Status.CHANGED)


def jobs(name: str, kinds: Collection[str], today: date, now: datetime) -> QuerySet[Any, Any]:
    """Return the kind and key of each unit of one sort of work, the oldest first."""
    found = [_standing(kind, today, now) for kind in kinds]
    if name in BY_CHECK:
        found = [
            units.exclude(status=Status.WITHDRAWN).filter(check=BY_CHECK[name]) for units in found
        ]
    else:
        found = [units.filter(status__in=DRAFTS) for units in found]
    order = "edited_at" if name == "drafts" else "checked_on"
    rows = [
        units.annotate(kind_of=Value(kind, output_field=CharField()))
        .order_by()
        .values_list("kind_of", "pk", order, "slug")
        for kind, units in zip(kinds, found, strict=True)
    ]
    joined: QuerySet[Any, Any] = rows[0].union(*rows[1:], all=True) if len(rows) > 1 else rows[0]
    return joined.order_by(order, "kind_of", "slug")


def described(found: Sequence[tuple[Any, ...]], today: date) -> list[Job]:
    """Return units by kind and key as they are called, in the same order."""
    keys: dict[str, list[int]] = {}
    for kind, key, *_ in found:
        keys.setdefault(kind, []).append(key)
    units = {
        (kind, unit.pk): unit
        for kind, wanted in keys.items()
        for unit in with_check(_units(kind), UNIT_BY_KIND[kind], today)
        .filter(pk__in=wanted)
        .select_related("edited_by")
    }
    return [_job(units[kind, key]) for kind, key, *_ in found if (kind, key) in units]


def _job(unit: Any) -> Job:
    day = due(unit)
    checked = f"due {day:%d %b %Y}, last checked by {unit.checked_by}" if day else "never checked"
    by = f" by {unit.edited_by}" if unit.edited_by else ""
    why = f"{checked}; edited {timezone.localtime(unit.edited_at):%d %b %Y}{by}"
    return Job(unit.kind, unit.pk, str(unit), why)


def _units(kind: str) -> QuerySet[Any]:
    units: QuerySet[Any] = UNIT_BY_KIND[kind].objects.all()
    return units


def _standing(kind: str, today: date, now: datetime) -> QuerySet[Any]:
    """Return the units of a kind with how their check and their draft stand."""
    model = UNIT_BY_KIND[kind]
    return with_status(with_check(_units(kind), model, today), model, now)


def _counts(kinds: Collection[str], today: date) -> Counter[str]:
    """Return how many units there are by how their check and their draft stand."""
    now = timezone.now()
    counted = [
        _standing(kind, today, now)
        .order_by()
        .values_list("check", "status")
        .annotate(count=Count("pk"))
        for kind in kinds
    ]
    counts: Counter[str] = Counter()
    if counted:
        for check, status, count in counted[0].union(*counted[1:], all=True):
            counts[status] += count
            counts[check] += 0 if status == Status.WITHDRAWN else count
    return counts


def last_look() -> datetime | None:
    """Return when faults were last looked for; None if never."""
    return Look.objects.values_list("at", flat=True).first()


def look() -> int:
    """Read all that is live, and store what is wrong with it. Return how many faults there are."""
    exempt = set(ExemptWord.objects.values_list("slug", flat=True))
    live = Edition.objects.live(timezone.now()).order_by("kind", "slug")
    found = [
        fault
        for edition in live.only("kind", "slug", "title", "rows").iterator()
        for fault in _faults(edition, exempt)
    ]
    with transaction.atomic():
        # Its row is the lock: of two who look at once, the second replaces what the first stored.
        Look.objects.update_or_create(pk=1, defaults={"at": timezone.now()})
        Fault.objects.all().delete()
        Fault.objects.bulk_create(found, batch_size=_BATCH)
    return len(found)


def _faults(edition: Edition, exempt: Collection[str]) -> Iterator[Fault]:
    rows = edition.rows
    for link in broken_links(rows, ()):
        yield _fault(edition, Fault.Sort.LINK, _place(rows[link.row], link.field), str(link))
    for finding in lint(rows, exempt):
        place = f"{_place(rows[finding.row], finding.field)}, line {finding.line}"
        yield _fault(edition, Fault.Sort.WORDS, place, str(finding))


def _fault(edition: Edition, sort: Fault.Sort, place: str, said: str) -> Fault:
    return Fault(
        kind=edition.kind,
        slug=edition.slug,
        title=edition.title,
        sort=sort,
        place=place[:200],
        said=said,
    )


def _place(row: RowData, field: str) -> str:
    """Say where, such as tip warm-it, detail; the unit itself needs no name."""
    _, *part = key_of(row).split("/")
    model = row["model"].removeprefix("guide.")
    return f"{model} {'/'.join(part)}, {field}" if part else field


def all_kinds() -> list[str]:
    return [unit.kind for unit in UNITS]
