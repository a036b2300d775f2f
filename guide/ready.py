"""Whether this process can do its work: what it needs, tried out."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

logger = logging.getLogger(__name__)


def ready() -> dict[str, bool]:
    """Return for each thing that is needed whether it is there."""
    return {name: _tried(name, check) for name, check in CHECKS.items()}


def _tried(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception as error:  # whatever it is, it is not there
        # What the error says may name a host or a password.
        logger.warning("Not ready: the %s failed (%s)", name, type(error).__name__)
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())


def migrated() -> bool:
    """Tell whether the database is as this code wants it."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _cache() -> bool:
    cache.set("ready", 1, timeout=10)
    return bool(cache.get("ready"))


CHECKS = {"database": _database, "migrations": migrated, "cache": _cache}
