"""A copy of everything in a folder, and the way back from it.

A folder of a backup holds the database as it was at one moment, the fixtures of that same moment
for a person to read, and `about.json`, which tells what the files have to be. It is made under
another name and gets its own at the end, so that a backup that broke off is never taken for one.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from guide.backups import postgresql, sqlite
from guide.backups.refusal import CannotDo
from guide.models import UNITS, Edition
from guide.publishing.dump import dump
from guide.ready import migrated

ABOUT = "about.json"
#: How to copy each database. Both modules have the same four functions.
WAYS = {"sqlite": sqlite, "postgresql": postgresql}


def back_up(folder: Path) -> int:
    """Copy the database and the fixtures to a new folder. Return how many editions are in it."""
    if folder.exists():
        raise CannotDo(f"{folder} is there already: name a folder that is not.")
    if not migrated():
        raise CannotDo("It waits for `migrate`: only the code from before can copy it.")
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    # Accounts of staff are in it.
    unfinished.mkdir(mode=0o700, parents=True)
    way = WAYS[connection.vendor]
    copy = unfinished / way.COPY
    with way.one_moment() as moment:
        way.take(copy, moment)
        dump(unfinished / "fixtures")
        editions = Edition.objects.count()
    way.check(copy, editions)
    about = {
        "database": connection.vendor,
        "editions": editions,
        "made": timezone.now().isoformat(timespec="seconds"),
        "files": _digests(unfinished),
    }
    (unfinished / ABOUT).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    unfinished.rename(folder)
    return editions


def restore(folder: Path, *, replace: bool = False) -> int:
    """Put a backup in place of the database, all or nothing. Return how many editions it has.

    The database has to be empty, unless what is in it is to be replaced.
    """
    about = _read(folder)
    if not replace and not _is_empty():
        raise CannotDo("The database is not empty: --replace throws away what is in it.")
    way = WAYS[connection.vendor]
    way.check(folder / way.COPY, about["editions"])
    way.fill(folder / way.COPY)
    connection.close()
    editions = Edition.objects.count()
    if editions != about["editions"]:
        raise CannotDo(f"{editions} editions are there, not {about['editions']}.")
    return editions


def _read(folder: Path) -> dict[str, Any]:
    """Return what a backup tells of itself, if each of its files is as it was written."""
    try:
        about: dict[str, Any] = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except OSError as error:
        raise CannotDo(f"{folder} is not a backup: {error.strerror}: {ABOUT}") from error
    except ValueError as error:
        raise CannotDo(f"{folder} is damaged: {ABOUT} cannot be read.") from error
    if about["database"] != connection.vendor:
        raise CannotDo(
            f"This is a backup of {about['database']}, and the database is {connection.vendor}. "
            f"The guide alone can be loaded from it: manage.py load_guide {folder / 'fixtures'}"
        )
    found, wanted = _digests(folder), about["files"]
    wrong = sorted(name for name in found | wanted if found.get(name) != wanted.get(name))
    if wrong:
        raise CannotDo(f"{folder} is damaged: {', '.join(wrong)}")
    return about


def _digests(folder: Path) -> Mapping[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ABOUT)
    return {str(path.relative_to(folder)): _digest(path) for path in sorted(files)}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_empty() -> bool:
    """Tell whether there is nothing to lose: no table, or none with what people made."""
    if Edition._meta.db_table not in connection.introspection.table_names():
        return True
    units = any(model.objects.exists() for model in UNITS)
    return not (units or Edition.objects.exists() or User.objects.exists())
