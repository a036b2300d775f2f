"""YAML that a person can edit: prose as block text, references on one line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml

from guide.pages.rows import RowData

WIDTH = 100

_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SafeLoader):  # type: ignore[misc]  # written in C if it can be
    """Refuses a key given twice, and leaves dates as text, for the row's field to judge."""

    yaml_implicit_resolvers = {  # named and shaped by PyYAML
        first: [(tag, pattern) for tag, pattern in found if not tag.endswith(":timestamp")]
        for first, found in _SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, **options: Any) -> Any:
        names = [key.value for key, _ in node.value]
        for number, (key, _) in enumerate(node.value):
            if key.value in names[:number]:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key.value} is given twice", key.start_mark
                )
        return super().construct_mapping(node, **options)


class Inline(list[Any]):
    """A list to be written on one line: [[s01], [s03]]."""


class InlineMap(dict[str, Any]):
    """A mapping to be written on one line."""


class _Dumper(yaml.SafeDumper):
    """Ours alone, so that the representers below change nobody else's YAML."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    if "\n" in text:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text + "\n", style="|")
    return dumper.represent_scalar("tag:yaml.org,2002:str", text)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(
    Inline, lambda d, v: d.represent_sequence("tag:yaml.org,2002:seq", v, flow_style=True)
)
_Dumper.add_representer(
    InlineMap,
    lambda d, v: d.represent_mapping("tag:yaml.org,2002:map", v.items(), flow_style=True),
)


def dump(rows: Iterable[RowData]) -> str:
    """Return rows as YAML text, a blank line between two rows."""
    return "\n".join(
        yaml.dump(
            [{"model": row["model"], "fields": {k: _inline(v) for k, v in row["fields"].items()}}],
            Dumper=_Dumper,
            allow_unicode=True,
            sort_keys=False,
            width=WIDTH,
        )
        for row in rows
    )


def _inline(value: Any) -> Any:
    if isinstance(value, list):
        return Inline(_inline(item) for item in value)
    if isinstance(value, dict):
        return InlineMap((key, _inline(item)) for key, item in value.items())
    return value


def load(text: str) -> Any:
    """Return what YAML text holds. Raises yaml.YAMLError, which names line and column."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506  # a safe loader
