"""What any page may carry, asked for in one query."""

from __future__ import annotations

from django.db.models import Q

from guide.models import WARNING_SIGNS, Edition, Moment
from guide.reading.asked import every, unit
from guide.reading.keeping import kept
from guide.reading.live import Live


@kept
def everywhere(live: Live) -> list[Edition]:
    """Return all countries, the stretches for a cramp and the warning signs, each in order."""
    # In the JSON text of the list: in its quotes a moment is a whole one.
    in_cramp = Q(card__moments__icontains=f'"{Moment.CRAMP}"')
    found = live.of(every("country"), every("stretch"), unit("section", WARNING_SIGNS))
    return list(found.filter(~Q(kind="stretch") | in_cramp).order_by("kind", "order", "slug"))
