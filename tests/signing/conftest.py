from __future__ import annotations

from typing import Any

import pytest

from tests.signing.people import make_edith


@pytest.fixture
def edith(db: None) -> Any:
    return make_edith()
