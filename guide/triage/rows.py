"""A flow from the rows of a questionnaire: Django's serialised form, by natural keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from guide.triage.flow import Case, Flow, Level, Option, Question, Rule

Fields = Mapping[str, Any]

#: How the names of fields begin that hold a helper's words.
OTHER = "other_"


def flow_from_rows(rows: Iterable[Mapping[str, Any]], *, for_other: bool = False) -> Flow:
    """Return the flow that the rows of one questionnaire make.

    With `for_other` it speaks to somebody who answers for the person. Rows may come in any
    order and leave out fields that hold their default, as fixtures do. Raises ValueError if
    they lack the questionnaire itself or point to an answer that is not among them.
    """
    found = [_for_other(row) if for_other else row for row in rows]
    unit = next(iter(_fields(found, "questionnaire")), None)
    if unit is None:
        raise ValueError("These rows hold no questionnaire.")
    questions = _sorted(_fields(found, "question"))
    options = _sorted(_fields(found, "option"))
    codes = {(row["question"][-1], row["slug"]): row["code"] for row in options}
    return Flow(
        slug=unit["slug"],
        title=unit.get("title", ""),
        summary=unit.get("summary", ""),
        intro=unit.get("intro", ""),
        for_other=for_other,
        questions=tuple(_question(row, options, codes) for row in questions),
        rules=tuple(_rule(row, found, codes) for row in _sorted(_fields(found, "rule"))),
        cases=tuple(_case(row, codes) for row in _sorted(_fields(found, "safetycase"))),
    )


def _for_other(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Put a helper's words, where there are any, in place of the person's own."""
    words = {
        name.removeprefix(OTHER): value
        for name, value in row["fields"].items()
        if name.startswith(OTHER) and value
    }
    return {**row, "fields": {**row["fields"], **words}}


def _fields(rows: Iterable[Mapping[str, Any]], model: str) -> list[Fields]:
    return [row["fields"] for row in rows if row["model"] == f"guide.{model}"]


def _sorted(rows: list[Fields]) -> list[Fields]:
    return sorted(rows, key=lambda row: (row.get("order", 0), row["slug"]))


def _codes(
    name: str, references: Iterable[Sequence[str]], codes: Mapping[tuple[str, str], str]
) -> frozenset[str]:
    """Return the codes of options that `name` refers to by [questionnaire, question, option]."""
    try:
        return frozenset(codes[question, option] for _, question, option in references)
    except KeyError as error:
        answer = "/".join(error.args[0])
        raise ValueError(f"There is no answer {answer}, which {name} names.") from error


def _slugs(references: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(reference[-1] for reference in references)


def _question(row: Fields, options: list[Fields], codes: Mapping[tuple[str, str], str]) -> Question:
    return Question(
        slug=row["slug"],
        text=row["text"],
        label=row["label"],
        hint=row.get("hint", ""),
        why=row.get("why", ""),
        help=row.get("help", ""),
        many=row.get("many", False),
        warning=row.get("warning", False),
        picture=row.get("picture", ""),
        asked_when=_codes(f"“{row['label']}”", row.get("asked_when", ()), codes),
        options=tuple(
            Option(
                code=option["code"],
                slug=option["slug"],
                text=option["text"],
                said=option.get("said", ""),
                exclusive=option.get("exclusive", ""),
            )
            for option in options
            if option["question"][-1] == row["slug"]
        ),
    )


def _rule(row: Fields, rows: list[Mapping[str, Any]], codes: Mapping[tuple[str, str], str]) -> Rule:
    groups = [part for part in _fields(rows, "rulegroup") if part["rule"][-1] == row["slug"]]
    pointers = [part for part in _fields(rows, "rulepointer") if part["rule"][-1] == row["slug"]]
    name = f"the rule “{row['slug']}”"
    return Rule(
        slug=row["slug"],
        groups=tuple(_codes(name, group.get("options", ()), codes) for group in _sorted(groups)),
        level=Level[row.get("level", "self_care").upper()],
        soon=row.get("soon", False),
        because=row.get("because", ""),
        implements=row.get("implements", ""),
        cautions=_slugs(row.get("cautions", ())),
        sources=_slugs(row.get("sources", ())),
        pointers={pointer["section"][-1]: pointer["weight"] for pointer in pointers},
    )


def _case(row: Fields, codes: Mapping[tuple[str, str], str]) -> Case:
    return Case(
        slug=row["slug"],
        story=row["story"],
        answers=_codes(f"the case “{row['slug']}”", row.get("answers", ()), codes),
        level=Level[row["level"].upper()],
        must_show=frozenset(_slugs(row.get("must_show", ()))),
        must_not_show=frozenset(_slugs(row.get("must_not_show", ()))),
    )
