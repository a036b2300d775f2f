from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from guide.models import Section
from tests import make


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(db: None) -> Client:
    return signed_in(make.staff("edith", "Editors"))


@pytest.fixture
def publisher(db: None) -> Client:
    return signed_in(make.staff("paula", "Publishers"))


@pytest.fixture
def clinician(db: None) -> Client:
    return signed_in(make.staff("clara", "Clinical reviewers"))


@pytest.fixture
def superuser(db: None) -> Client:
    return signed_in(User.objects.create_superuser("sue"))


@pytest.fixture
def stranger(db: None) -> Client:
    """Staff who are in no group."""
    return signed_in(User.objects.create_user("stan", is_staff=True))


@pytest.fixture
def section(db: None) -> Section:
    """A section with a tip, public on its article."""
    made = make.section()
    make.tip(made, action="Warm it")
    make.published(made.article)
    make.published(made)
    made.refresh_from_db()
    return made
