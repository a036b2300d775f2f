"""The fixtures as they lie on disk: read once, no database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


class FixtureRow(NamedTuple):
    """One row of a fixture. `kind` is its model without guide."""

    kind: str
    fields: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.kind} {'/'.join([*self.fields.get('section', []), self.fields['slug']])}"

    def texts(self, *names: str) -> str:
        """The words of these fields, a paragraph each."""
        return "\n\n".join(filter(None, (self.fields.get(name) for name in names)))

    def points_to(self, field: str) -> set[str]:
        """The slugs of the rows that a field names."""
        return {key[-1] for key in self.fields.get(field, [])}


class Fixtures(list[FixtureRow]):
    def __repr__(self) -> str:
        return f"{len(self)} rows"

    def of(self, *kinds: str) -> Iterator[FixtureRow]:
        return (row for row in self if row.kind in kinds)

    def slugs(self, kind: str) -> set[str]:
        return {row.fields["slug"] for row in self.of(kind)}


@pytest.fixture(scope="session")
def fixtures() -> Fixtures:
    return Fixtures(
        FixtureRow(row["model"].removeprefix("guide."), row["fields"])
        for path in sorted(FIXTURES.rglob("*.yaml"))
        for row in yaml.load(path.read_text(), yaml.CSafeLoader)
    )
