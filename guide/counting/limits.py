"""So many a minute in each process: a brake that knows nothing of who asks."""

from __future__ import annotations

import time
from collections import Counter


class PerMinute:
    """Lets `most` through by key in each minute. Its keys must be known ones: they are few."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._minute = 0
        self._passed: Counter[str] = Counter()

    def allows(self, key: str) -> bool:
        """Count one more, and tell whether it is still among those let through."""
        minute = int(time.monotonic() // 60)
        if minute != self._minute:
            self._minute, self._passed = minute, Counter()
        self._passed[key] += 1
        return self._passed[key] <= self._most
