"""The guide as files: load what is new, keep what staff made, dump the same bytes.

A row is updated by a load only while it still is what an earlier load made of it; the
digest of that is kept (`LoadedRow`). So text that staff touched, and rows that staff
deleted, stay as staff left them, and the report says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from django.db import models, transaction

from guide.models import UNITS, LoadedRow, Moved, Names, Part, Row, Unit, renamed
from guide.pages.rows import RowData, digest
from guide.publishing.files import FixtureError, read
from guide.publishing.loaded import in_print, publish_what_is_new
from guide.publishing.moves import MODEL as MOVED
from guide.publishing.moves import lead_on, moves, refuse_dead_ends
from guide.publishing.rows import RowError, completed, key_of, model_of, row_of
from guide.publishing.writing import Shelf, Written, link_together, saved_together

T = TypeVar("T")


@dataclass
class Report:
    """What a load did, each row by its model and natural key."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)


@dataclass
class _Entry:
    """A row of a file on its way into the database."""

    where: str
    row: RowData
    key: str = ""
    digest: str = ""
    written: Written | None = None
    #: Whether the desk is to hold this row as the file has it.
    is_wanted: bool = False
    #: Whether the desk now does so, which is new to `LoadedRow`.
    is_ours: bool = False
    mistake: str = ""

    @property
    def name(self) -> str:
        return f"{self.row['model'].removeprefix('guide.')} {self.key}"

    def try_to(self, step: Callable[..., T], *args: object) -> T | None:
        """Take a step of this row; if it does not hold, note why and return None."""
        try:
            return step(*args)
        except RowError as error:
            self.mistake = f"{self.where} ({self.name.strip()}): {error}"
            return None


@dataclass
class _Load:
    """What a load knows while it goes: earlier digests, rows met, rows that staff deleted."""

    loaded: dict[tuple[str, str], str]
    report: Report
    shelf: Shelf
    #: What staff renamed since the fixtures were written.
    names: Names
    gone: set[str] = field(default_factory=set)
    #: Where each row was met: a row is given once.
    met: dict[str, str] = field(default_factory=dict)


def load(folder: Path, *, who: str = "fixtures", press: bool = True) -> Report:
    """Load the fixtures of a folder, all or nothing, and publish what that makes new.

    Raises FixtureError, with every mistake found, and then leaves the database as it was.
    """
    given = read(_texts(folder))
    moved = moves(given)
    entries = [_Entry(*one) for one in given if one.row["model"] != MOVED]
    with transaction.atomic():
        led = lead_on(moved, who, press=press)
        report = Report(
            added=[move.name for move in led.added],
            updated=[move.name for move in led.renamed],
            kept=led.kept,
        )
        before = in_print() if press else set()
        _write(entries, report)
        refuse_dead_ends(led.added)
        _drop_rows_no_longer_in(entries, report)
        if press:
            report.published = publish_what_is_new(before, who)
    return report


def _texts(folder: Path) -> dict[str, str]:
    """Return the text of each file of a folder, by its name there."""
    paths = [path for path in sorted(folder.rglob("*.yaml")) if path.is_file()]
    if not paths:
        raise FixtureError([f"{folder}: there are no fixtures here."])
    texts = {}
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            texts[name] = path.read_text(encoding="utf-8")
        except ValueError as error:
            raise FixtureError([f"{name}: {error}"]) from error
    return texts


def _write(entries: list[_Entry], report: Report) -> None:
    loaded = {(row.model, row.key): row.digest for row in LoadedRow.objects.all()}
    load = _Load(loaded, report, Shelf(filter(None, map(_model, entries))), Moved.objects.names())
    for entry in entries:
        entry.try_to(_look_up, entry, load)
    wanted = [entry for entry in entries if entry.is_wanted]
    for found in _by_model(wanted):
        _save(found, load.shelf)
    _finish([(entry, entry.written) for entry in wanted if entry.written and not entry.mistake])
    if mistakes := [entry.mistake for entry in entries if entry.mistake]:
        raise FixtureError(mistakes)
    LoadedRow.objects.bulk_create(
        [
            LoadedRow(model=entry.row["model"], key=entry.key, digest=entry.digest)
            for entry in entries
            if entry.is_ours
        ],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["model", "key"],
        update_fields=["digest"],
    )


def _model(entry: _Entry) -> type[Row] | None:
    try:
        return model_of(entry.row)
    except RowError:
        return None


def _look_up(entry: _Entry, load: _Load) -> None:
    """Tell whether a row is to be added or updated: not if staff touched it."""
    entry.key = key_of(entry.row)
    (row,) = renamed([completed(entry.row)], load.names)
    entry.key = key_of(row)
    met = load.met.setdefault(entry.name, entry.where)
    if met != entry.where:
        raise RowError(f"the same row is in {met}")
    entry.row = row
    entry.digest = digest([row])
    was = load.loaded.get((entry.row["model"], entry.key))
    instance = load.shelf.find(model_of(entry.row), entry.key)
    if instance is None:
        if was is not None or _owner(entry) in load.gone:
            load.gone.add(entry.name)
            load.report.kept.append(f"{entry.name}: staff deleted it")
            return
        load.report.added.append(entry.name)
    else:
        have = digest([row_of(instance)])
        if have == entry.digest:
            entry.is_ours = was != have
            return
        if have != was:
            load.report.kept.append(f"{entry.name}: staff changed it")
            return
        load.report.updated.append(entry.name)
    entry.is_wanted = entry.is_ours = True


def _by_model(entries: list[_Entry]) -> list[list[_Entry]]:
    """Return rows in groups of one model each, those that others hang on first."""
    order = [model for unit in UNITS for model in (unit, *unit.parts)]
    groups: dict[type[Row], list[_Entry]] = {model: [] for model in order}
    for entry in entries:
        groups.setdefault(model_of(entry.row), []).append(entry)
    return list(groups.values())


def _save(entries: list[_Entry], shelf: Shelf) -> None:
    """Save rows of one model: new ones together, unless one of them has to be named."""
    for entry in entries:
        entry.written = entry.try_to(Written, entry.row, shelf)
    filled = [(entry, entry.written) for entry in entries if entry.written]
    for entry, written in filled:
        if not written.is_new:
            entry.try_to(written.save)
    new = [(entry, written) for entry, written in filled if written.is_new]
    if not saved_together([written for _, written in new]):
        for entry, written in new:
            entry.try_to(written.save)


def _finish(found: Sequence[tuple[_Entry, Written]]) -> None:
    """Let rows point to each other, and count parts that are new as a change of their units."""
    links: list[models.Model] = []
    for entry, written in found:
        if written.is_new:
            entry.try_to(written.point)
            links += entry.try_to(lambda new: list(new.links()), written) or []
        else:
            entry.try_to(written.finish)
    link_together(links)
    new = [written.instance for _, written in found if written.is_new]
    grown = {row.unit for row in new if isinstance(row, Part)}
    for unit in grown - {row for row in new if isinstance(row, Unit)}:
        unit.touch()


def _owner(entry: _Entry) -> str:
    """Return the name of the row that this one hangs on, as `gone` holds it."""
    model = model_of(entry.row)
    path = getattr(model, "unit_path", "").split("__")[0]
    if not path:
        return ""
    parent = model._meta.get_field(path).related_model
    assert isinstance(parent, type)
    assert issubclass(parent, models.Model)
    return f"{parent._meta.model_name} {'/'.join(entry.row['fields'][path])}"


def _drop_rows_no_longer_in(entries: list[_Entry], report: Report) -> None:
    """Delete parts that left the fixtures and that staff did not touch."""
    present = {(entry.row["model"], entry.key) for entry in entries}
    shelf = Shelf()
    for loaded in LoadedRow.objects.all():
        if (loaded.model, loaded.key) in present:
            continue
        instance = shelf.find(model_of(RowData(model=loaded.model, fields={})), loaded.key)
        name = f"{loaded.model.removeprefix('guide.')} {loaded.key}"
        if instance is None:
            loaded.delete()
        elif isinstance(instance, Unit) or digest([row_of(instance)]) != loaded.digest:
            report.kept.append(f"{name}: it is no longer in the fixtures")
        else:
            instance.delete()
            loaded.delete()
            report.deleted.append(name)
