"""How long a further try has to wait. Counted in the database: exact for every process and host,
as sign-ins are few, and it outlives a restart.

Three counts, so that nobody is locked out by others: of a name from one address, of an address,
and of a name from anywhere. The last two do not hold up a person at an address from where they
have signed in before.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Max, QuerySet
from django.utils.crypto import salted_hmac

from guide.models import SignIn

Outcome = SignIn.Outcome

#: Older failures are forgotten.
COUNTED = timedelta(days=1)
#: For so long after a command unlocked a name, the address does not matter.
WELCOME = timedelta(hours=1)


class Limit(NamedTuple):
    """So many failures are free. Each further one doubles the wait, up to a longest."""

    free: int
    longest: timedelta
    first: timedelta = timedelta(minutes=1)

    def wait(self, failures: int) -> timedelta:
        if failures < self.free:
            return timedelta()
        doublings = min(failures - self.free, 20)
        return min(self.first * (1 << doublings), self.longest)


NAME_HERE = Limit(free=5, longest=timedelta(minutes=30))
ADDRESS = Limit(free=30, longest=timedelta(hours=1))
NAME = Limit(free=30, longest=timedelta(minutes=10))


def key(name: str) -> str:
    """Return a name as it is counted: a hash, the same for each way to write it."""
    return salted_hmac("guide.signing", name.strip().casefold()).hexdigest()[:32]


def wait(name: str, place: str, now: datetime) -> timedelta:
    """Return how long a try with this name, from here, has to wait; nothing if it need not."""
    of_name = SignIn.objects.filter(name_key=key(name))
    unlocked = _last(of_name.filter(outcome=Outcome.UNLOCKED))
    here = of_name.filter(place=place)
    signed_in = _last(here.filter(outcome=Outcome.SIGNED_IN))
    waits = [_left(NAME_HERE, here, now, unlocked, signed_in)]
    if signed_in is None:
        waits.append(_left(NAME, of_name, now, unlocked))
    if signed_in is None and not (unlocked and now - unlocked < WELCOME):
        waits.append(_left(ADDRESS, SignIn.objects.filter(place=place), now))
    return max(waits)


def _left(
    limit: Limit, tries: QuerySet[SignIn], now: datetime, *forgiven: datetime | None
) -> timedelta:
    since = max([now - COUNTED, *filter(None, forgiven)])
    failed = tries.filter(outcome=Outcome.REFUSED, at__gt=since)
    last = _last(failed)
    return max(timedelta(), last + limit.wait(failed.count()) - now) if last else timedelta()


def _last(tries: QuerySet[SignIn]) -> datetime | None:
    found: datetime | None = tries.aggregate(last=Max("at"))["last"]
    return found
