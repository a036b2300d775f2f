"""What a page weighs on a slow phone: its own scripts stay small."""

from __future__ import annotations

import brotli  # type: ignore[import-untyped]
import pytest
from django.conf import settings

from tests.views.conftest import Answer

pytestmark = pytest.mark.django_db

BUDGET = 6 * 1024
HTMX = "/static/django_htmx/"


def test_the_scripts_of_a_page_beside_htmx_stay_within_their_budget(
    answers: dict[str, Answer],
) -> None:
    heavy = {}
    for address, (_, page) in answers.items():
        sources = [attributes.get("src", "") for tag, attributes in page.tags if tag == "script"]
        own = [source for source in sources if source and not source.startswith(HTMX)]
        assert len(own) >= 2, address
        texts = [(settings.BASE_DIR / source.lstrip("/")).read_bytes() for source in own]
        weight = sum(len(brotli.compress(text)) for text in texts)
        if weight > BUDGET:
            heavy[address] = weight
    assert heavy == {}
