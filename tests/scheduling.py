"""Which tests one worker runs, one after the other: those of a file that does its work once.

xdist has groups of its own, but with pytest 9.2 they have no effect: it does not let a plugin
change the name of a test any more, in which xdist 3.8 keeps the group.
"""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

ONCE = {
    "tests/browser/test_accessible.py",
    "tests/test_backups.py",
    "tests/test_upgrade.py",
}


class FilesOnce(LoadScopeScheduling):  # type: ignore[misc]
    """Each test by itself to whoever is free, but the files named above as a whole."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if file in ONCE else nodeid
