"""Files of rows as people write them: read as one, every mistake named by file and row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, NamedTuple

import yaml

from guide.pages.rows import RowData
from guide.publishing import block_yaml

#: Parents before those that point to them; articles before the answers that they own.
_ORDER = (
    "countries",
    "sources",
    "cautions",
    "claims",
    "exempt_words",
    "stretches",
    "routines",
    "articles",
    "faqs",
    "questionnaires",
    "synonyms",
    "warning_words",
)
MOST_PROBLEMS = 200


class FixtureError(Exception):
    """Files that do not hold. `problems` names file, row and field, a line each.

    Of very many the first are told: nobody reads the others before these are mended.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        more = len(problems) - MOST_PROBLEMS
        self.problems = list(problems[:MOST_PROBLEMS])
        self.problems += [f"And {more:,} more."] if more > 0 else []
        super().__init__("\n".join(self.problems))


class Given(NamedTuple):
    """A row, and where it is given: the file and the number of the row in it."""

    where: str
    row: RowData


def read(files: Mapping[str, str]) -> list[Given]:
    """Return the rows of files by their names, parents first.

    Raises FixtureError, with every mistake found.
    """
    given: list[Given] = []
    problems: list[str] = []
    for name in sorted(files, key=lambda name: (_rank(name), name)):
        try:
            given += _rows(name, block_yaml.load(files[name]) or [])
        except (yaml.YAMLError, ValueError) as error:
            problems.append(f"{name}: {error}")
        except FixtureError as error:
            problems += error.problems
    if problems:
        raise FixtureError(problems)
    return given


def _rank(name: str) -> int:
    """Return the place of a file, by the family that it or its folder is named after."""
    path = PurePosixPath(name)
    families = (*path.parts[:-1], path.stem)
    return next((_ORDER.index(one) for one in families if one in _ORDER), len(_ORDER))


def _rows(name: str, rows: Any) -> Iterable[Given]:
    if not isinstance(rows, list):
        raise FixtureError([f"{name}: a fixture is a list of rows."])
    problems = [
        f"{name}, row {number}: {problem}"
        for number, row in enumerate(rows, 1)
        for problem in _misshapen(row)
    ]
    if problems:
        raise FixtureError(problems)
    return [
        Given(f"{name}, row {number}", RowData(model=str(row["model"]), fields=row["fields"]))
        for number, row in enumerate(rows, 1)
    ]


def _misshapen(row: Any) -> Iterator[str]:
    if not isinstance(row, dict) or row.keys() != {"model", "fields"}:
        yield "a row has a model and fields, no more."
    elif not isinstance(row["fields"], dict):
        yield "fields is a mapping of names to values."
