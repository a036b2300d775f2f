"""All sources that somebody has read, for the list of sources."""

from __future__ import annotations

from guide.reading.cards import SourceCard, columns, sources
from guide.reading.live import Live, kept


@kept
def all_sources(live: Live) -> list[SourceCard]:
    found = columns(live, "source")
    return sources([slug for _, slug in found], found)
