from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from guide.models import Fault, PageCount, Submission
from guide.publishing import upkeep

#: Lines of each sort of work. A mail of thousands is not read; the desk has all of them.
LISTED = 100


class Command(BaseCommand):
    help = (
        "Look for faults in what readers see, and list what needs somebody's hand. For every "
        "night: fails when a check is overdue or a link is broken."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        upkeep.look()
        kinds, today = upkeep.all_kinds(), timezone.localdate()
        failed = []
        for duty in upkeep.duties(kinds, today):
            self.stdout.write(f"{duty.title}: {duty.amount}")
            lines = _lines(duty.name)
            for line in lines:
                self.stdout.write(f"  {line}")
            if duty.amount > len(lines):
                self.stdout.write(f"  and {duty.amount - len(lines)} more")
            if duty.fails and duty.amount:
                failed.append(f"{duty.title}: {duty.amount}")
        if failed:
            raise CommandError(". ".join(failed))


def _lines(name: str) -> list[str]:
    """Return the first of what there is of one sort of work, a line each."""
    kinds, today, now = upkeep.all_kinds(), timezone.localdate(), timezone.now()
    match name:
        case "links" | "words":
            return [str(fault) for fault in Fault.objects.filter(sort=name)[:LISTED]]
        case "waiting":
            waiting = Submission.objects.waiting().select_related("proof")
            return [
                f"{one.proof.kind} {one.proof.slug}: {one.proof.note}" for one in waiting[:LISTED]
            ]
        case "searches":
            return [f"{one.term} ({one.times} times)" for one in upkeep.without_result()[:LISTED]]
        case "useful":
            pages = PageCount.objects.not_useful()[:LISTED]
            return [f"{one['page']}: {one['percent_no']}% No" for one in pages]
        case _:
            found = list(upkeep.jobs(name, kinds, today, now)[:LISTED])
            return [f"{job.kind} {job.called}: {job.why}" for job in upkeep.described(found, today)]
