"""What is searched for: a term is kept once it was searched for on three different days.

Before that only a keyed hash of it is stored, with the days it was met on. What looks like it is
about one person, with digits or a sign of an address, or very long, is never counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from guide.counting.buffer import Buffer
from guide.models import SearchTerm

Key = tuple[str, date]

DAYS = 3
LONGEST = 60
#: A term that nobody can read yet is forgotten when it was not met for so long.
FORGOTTEN_AFTER = timedelta(days=90)
#: And no more of them are kept than this, the latest ones.
MOST_PENDING = 5000


def count_search(asked: str, *, found: bool) -> None:
    """Count one search, in memory."""
    term = " ".join(asked.casefold().split())
    if len(term) <= LONGEST and all(letter.isalpha() or letter in " '’-" for letter in term):
        buffer.add((term, timezone.localdate()), "found" if found else "not_found")


@transaction.atomic
def _write(counted: Mapping[Key, Mapping[str, int]]) -> None:
    keys = {term: _hash(term) for term, _ in counted}
    rows = SearchTerm.objects.select_for_update().in_bulk(list(keys.values()), field_name="key")
    for (term, day), numbers in sorted(counted.items(), key=lambda item: item[0][1]):
        key = keys[term]
        row = rows.setdefault(key, SearchTerm(key=key, last_day=date.min))
        if day > row.last_day:
            row.days, row.last_day = row.days + 1, day
        if row.days >= DAYS:
            row.term = term
            row.times += sum(numbers.values())
            row.found = "not_found" not in numbers
    SearchTerm.objects.bulk_create(
        list(rows.values()),
        batch_size=500,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["term", "days", "last_day", "times", "found"],
    )
    _forget_old()


def _forget_old() -> None:
    pending = SearchTerm.objects.filter(term="")
    pending.filter(last_day__lt=timezone.localdate() - FORGOTTEN_AFTER).delete()
    too_many = pending.order_by("-last_day", "-pk").values("pk")[MOST_PENDING:]
    pending.filter(pk__in=list(too_many.values_list("pk", flat=True))).delete()


def _hash(term: str) -> str:
    return salted_hmac("guide.counting.searches", term, algorithm="sha256").hexdigest()


buffer: Buffer[Key] = Buffer(_write)
