"""Each try to sign in is written down before it is looked at, so that many at once all count."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from guide.models import KEPT, SignIn
from guide.signing.waits import key, wait
from legrelief.addresses import client_address, place


class MustWait(Exception):
    """Too many tries failed: the next one is not even looked at."""

    def __init__(self, left: timedelta) -> None:
        self.left = left


def begin(request: HttpRequest, name: str) -> SignIn:
    """Write a try down as refused, until it says otherwise. Raises MustWait, and writes nothing.

    What has to wait leaves no line, so nobody makes a wait longer, or the list endless.
    """
    now, address = timezone.now(), client_address(request)
    if left := wait(name, place(address), now):
        raise MustWait(left)
    SignIn.objects.filter(at__lt=now - KEPT).delete()
    known = User.objects.filter(username__iexact=name.strip()).first()
    return SignIn.objects.create(
        at=now,
        name=known.get_username() if known else "",
        name_key=key(name),
        address=address or None,
        place=place(address),
    )


def end(this: SignIn, outcome: SignIn.Outcome) -> None:
    """Say what became of a try that was not refused."""
    this.outcome = outcome
    this.save(update_fields=["outcome"])


def unlock(name: str) -> None:
    """Let somebody try again at once. What failed before stays in the list, and counts no more."""
    SignIn.objects.create(name=name, name_key=key(name), place="", outcome=SignIn.Outcome.UNLOCKED)
