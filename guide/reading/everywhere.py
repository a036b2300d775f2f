"""What any page may carry, asked for in one query."""

from __future__ import annotations

from django.db.models import Q

from guide.models import WARNING_SIGNS, Edition, Moment
from guide.reading.live import Live, kept


@kept
def everywhere(live: Live) -> list[Edition]:
    """Return all countries, the stretches for a cramp and the warning signs, each in order."""
    # In the JSON text of the list: in its quotes a moment is a whole one.
    in_cramp = Q(kind="stretch", card__moments__icontains=f'"{Moment.CRAMP}"')
    signs = Q(kind="section", slug=WARNING_SIGNS)
    wanted = live.editions.filter(Q(kind="country") | in_cramp | signs)
    return list(wanted.order_by("kind", "order", "slug"))
