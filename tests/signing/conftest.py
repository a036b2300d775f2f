from __future__ import annotations

from typing import Any

import pytest

from tests.signing.people import make_edith


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """A password hash is slow by design, and these tests try many."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def edith(db: None) -> Any:
    return make_edith()
