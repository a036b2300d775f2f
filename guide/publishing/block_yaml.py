"""YAML that a person can edit: prose as block text, references on one line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml

from guide.pages.rows import RowData

WIDTH = 100
#: No row is as deep as this, and no number as long.
DEEPEST = 20
LONGEST_WORD = 1000

_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SafeLoader):  # type: ignore[misc]  # written in C if it can be
    """Refuses a key given twice, and leaves dates as text, for the row's field to judge."""

    yaml_implicit_resolvers = {  # named and shaped by PyYAML
        first: [(tag, pattern) for tag, pattern in found if not tag.endswith(":timestamp")]
        for first, found in _SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, **options: Any) -> Any:
        met = set()
        for key, _ in node.value:
            name = str(key.value)
            if name in met:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{name} is given twice", key.start_mark
                )
            met.add(name)
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
    _refuse_tricks(text)
    return yaml.load(text, Loader=_Loader)  # noqa: S506  # a safe loader


def _refuse_tricks(text: str) -> None:
    """Raise yaml.YAMLError for what no fixture needs and a small text can exhaust a machine by.

    Such are aliases of aliases, lists a million deep, and numbers a megabyte long.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_SafeLoader):
        match event:
            case yaml.AliasEvent():
                raise _trick(event, "write it out: there are no aliases here")
            case yaml.ScalarEvent(tag=str()) | yaml.CollectionStartEvent(tag=str()):
                raise _trick(event, f"leave out {event.tag}: there are no tags here")
            case yaml.CollectionStartEvent():
                depth += 1
            case yaml.CollectionEndEvent():
                depth -= 1
            case yaml.ScalarEvent(implicit=(True, _), value=word):
                if len(word) > LONGEST_WORD and " " not in word:
                    raise _trick(event, "put so long a word in quotes")
        if depth > DEEPEST:
            raise _trick(event, "lists and mappings lie too deep in each other")


def _trick(event: yaml.Event, said: str) -> yaml.YAMLError:
    mark: Any = event.start_mark
    return yaml.constructor.ConstructorError(None, None, said, mark)
