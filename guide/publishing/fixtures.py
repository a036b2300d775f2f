"""The guide as files: load what is new, keep what staff made, dump the same bytes.

A row is updated by a load only while it still is what an earlier load made of it; the
digest of that is kept (`LoadedRow`). So text that staff touched, and rows that staff
deleted, stay as staff left them, and the report says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from django.db import models, transaction

from guide.models import LoadedRow, Moved, Names, Row, Unit, renamed
from guide.pages.rows import RowData, digest
from guide.publishing.files import FixtureError, read
from guide.publishing.loaded import in_print, publish_what_is_new
from guide.publishing.moves import MODEL as MOVED
from guide.publishing.moves import lead_on, moves, refuse_dead_ends
from guide.publishing.rows import RowError, Shelf, Written, completed, key_of, model_of, row_of


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
    #: Whether the desk now holds this row as the file has it, which is new to `LoadedRow`.
    is_ours: bool = False

    @property
    def name(self) -> str:
        return f"{self.row['model'].removeprefix('guide.')} {self.key}"


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
    mistakes: list[str] = []
    loaded = {(row.model, row.key): row.digest for row in LoadedRow.objects.all()}
    load = _Load(loaded, report, Shelf(filter(None, map(_model, entries))), Moved.objects.names())
    for entry in entries:
        try:
            _write_one(entry, load)
        except RowError as error:
            mistakes.append(_mistake(entry, error))
    for entry in entries:
        try:
            if entry.written:
                entry.written.finish()
        except RowError as error:
            mistakes.append(_mistake(entry, error))
    if mistakes:
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


def _mistake(entry: _Entry, error: RowError) -> str:
    return f"{entry.where} ({entry.name.strip()}): {error}"


def _write_one(entry: _Entry, load: _Load) -> None:
    """Add or update one row, unless staff touched it."""
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
    entry.written = Written(row, load.shelf)
    entry.is_ours = True


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
