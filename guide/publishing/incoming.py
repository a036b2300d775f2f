"""Files that staff hand in: what they would change, and then the same, as drafts.

Unlike a load of the project's own fixtures (fixtures.py) this is the work of a person, who has
read what it replaces. A file that names a unit holds all of it: parts that are not in it go.
Nothing is published, and what stood on the desk is kept as an edition that is not public.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from guide.models import Row, Unit
from guide.pages.rows import digest
from guide.publishing.batches import Batch, batches, mistake, name_of, raise_all
from guide.publishing.changes import Change, changes
from guide.publishing.files import FixtureError, Given, read
from guide.publishing.hands import keep_desk, sign
from guide.publishing.loaded import is_live
from guide.publishing.moves import MODEL as MOVED
from guide.publishing.rows import RowError, instances_of, model_of, row_of, rows_of
from guide.publishing.writing import Shelf, Written, write

MOST_ROWS = 3000


@dataclass(frozen=True)
class Incoming:
    """A unit, or another row with a page of its own, against what the desk says of it."""

    row: Row
    is_new: bool
    changes: Sequence[Change]
    #: Whether it takes the place of text that readers do not see yet: the work of somebody.
    replaces_draft: bool
    #: Who edited that text last.
    edited_by: str = ""

    @property
    def kind(self) -> str:
        return str(self.row._meta.verbose_name).capitalize()


@dataclass(frozen=True)
class Handed:
    """What files would change, or changed."""

    found: Sequence[Incoming]
    #: The desk as it was before, of all that the files name.
    desk: str
    #: How many former addresses are in the files: those are no drafts, and are left out.
    moves: int

    @property
    def changed(self) -> list[Incoming]:
        return [one for one in self.found if one.changes]

    @property
    def same(self) -> int:
        return len(self.found) - len(self.changed)

    @property
    def drafts(self) -> list[Incoming]:
        return [one for one in self.found if one.replaces_draft]


def hand_in(
    files: Mapping[str, str], user: AbstractUser, accept: Callable[[Handed], bool]
) -> Handed:
    """Put the files of a person on the desk as drafts under their name, if that is accepted.

    `accept` is told what they change while nobody else can edit it. If it answers no, the desk
    stays as it was. Raises FixtureError, with every mistake found.
    """
    given = read(files)
    rows = [one for one in given if one.row["model"] != MOVED]
    if len(rows) > MOST_ROWS:
        raise FixtureError([f"There are more than {MOST_ROWS} rows. Load them in parts."])
    found = batches(rows)
    with transaction.atomic():
        handed = Handed(_written(found, user), _desk(found), len(given) - len(rows))
        if not accept(handed):
            transaction.set_rollback(True)
    return handed


def _written(found: Sequence[Batch], user: AbstractUser) -> list[Incoming]:
    for batch in found:
        _look_up(batch)
    raise_all(f"{where}: {why}" for batch in found for where, why in _forbidden(batch, user))
    drafts = [_draft_by(batch) for batch in found]
    for batch in found:
        _make_room(batch, user.get_username())
    _write([one for batch in found for one in batch.differing])
    return [_incoming(*pair, user) for pair in zip(found, drafts, strict=True)]


def _desk(found: Sequence[Batch]) -> str:
    return digest([row for batch in found for row in batch.was])


def _look_up(batch: Batch) -> None:
    """Note what the desk says of a unit, and hold it until the transaction ends."""
    found: Any = batch.model.objects.select_for_update().filter(slug=batch.slug).first()
    batch.desk = found
    if found is not None:
        batch.was = rows_of(found) if isinstance(found, Unit) else [row_of(found)]


def _forbidden(batch: Batch, user: AbstractUser) -> Iterator[tuple[str, str]]:
    """Yield where the files do what their person may not do on the desk, and what that is."""
    was = batch.was_by_name
    may_check = user.has_perm("guide.check")
    needed = [
        (one.where, "change" if name_of(one.row) in was else "add", one.row)
        for one in batch.differing
    ]
    first = batch.given[0].where
    needed += [(first, "delete", was[name]) for name in batch.leaving]
    for where, verb, row in needed:
        model = model_of(row)
        if not user.has_perm(f"guide.{verb}_{model._meta.model_name}"):
            yield where, f"you may not {verb} a {model._meta.verbose_name}."
        old = was[name_of(row)]["fields"] if verb == "change" else {}
        for name in ("checked_on", "checked_by"):
            if not may_check and (row["fields"].get(name) or None) != (old.get(name) or None):
                yield where, f"{name}: only a clinical reviewer may say that it was checked."


def _draft_by(batch: Batch) -> str | None:
    """Return who edited what the files replace and readers do not see yet; None if they do."""
    desk = batch.desk
    if not batch.differs or not isinstance(desk, Unit) or is_live(desk):
        return None
    return desk.edited_by.get_username() if desk.edited_by else ""


def _make_room(batch: Batch, who: str) -> None:
    """Keep the desk of a unit that changes, and take away the parts that leave it."""
    if not isinstance(batch.desk, Unit) or not batch.differs:
        return
    keep_desk(batch.desk, who)
    leaving = batch.leaving
    for part in reversed(list(instances_of(batch.desk))):
        if (part._meta.label_lower, "/".join(part.natural_key())) in leaving:
            part.delete()


def _write(given: Sequence[Given]) -> None:
    shelf = Shelf()
    written: list[tuple[Given, Written]] = []
    problems = []
    for one in given:
        try:
            written.append((one, write(one.row, shelf)))
        except RowError as error:
            problems.append(mistake(one, error))
    for one, row in written:
        try:
            row.finish()
        except RowError as error:
            problems.append(mistake(one, error))
    raise_all(problems)


def _incoming(batch: Batch, draft_by: str | None, user: AbstractUser) -> Incoming:
    row = batch.model.objects.get(slug=batch.slug)
    if not batch.differs:
        return Incoming(row, is_new=False, changes=(), replaces_draft=False)
    if isinstance(row, Unit):
        sign(row, user)
    now = rows_of(row) if isinstance(row, Unit) else [row_of(row)]
    found = changes(batch.was, now)
    return Incoming(row, batch.desk is None, found, draft_by is not None, draft_by or "")
