"""Small flows, made in a line or two. Codes are given as words of one text: "wc wf"."""

from __future__ import annotations

from typing import Any

from guide.triage import Answers, Case, Flow, Level, Option, Question, Rule


def codes(text: str) -> Answers:
    return frozenset(text.split())


def option(code: str, exclusive: str = "", **fields: Any) -> Option:
    return Option(
        code, **{"slug": code, "text": f"Answer {code}", "exclusive": exclusive, **fields}
    )


def question(slug: str, *options: Option | str, asked_when: str = "", **fields: Any) -> Question:
    made = tuple(option(one) if isinstance(one, str) else one for one in options)
    words = {"text": f"{slug}?", "label": slug, **fields}
    return Question(slug, options=made, asked_when=codes(asked_when), **words)


def radio(slug: str, *options: Option | str, **fields: Any) -> Question:
    return question(slug, *options, **fields)


def boxes(slug: str, *options: Option | str, **fields: Any) -> Question:
    """A question with many answers, and "none" as slug0."""
    return question(slug, *options, option(f"{slug}0", "none"), many=True, **fields)


def warning(slug: str, *options: Option | str, **fields: Any) -> Question:
    """A question with many warning signs, "none" as slug0 and "not sure" as slug9."""
    unsure = option(f"{slug}9", "unsure")
    return boxes(slug, *options, unsure, warning=True, **fields)


def rule(slug: str, *groups: str, level: Level = Level.SELF_CARE, **fields: Any) -> Rule:
    return Rule(slug, groups=tuple(codes(group) for group in groups), level=level, **fields)


def flow(*parts: Question | Rule | Case) -> Flow:
    return Flow(
        "legs",
        "Why do my legs ache?",
        questions=tuple(part for part in parts if isinstance(part, Question)),
        rules=tuple(part for part in parts if isinstance(part, Rule)),
        cases=tuple(part for part in parts if isinstance(part, Case)),
    )


def case(answers: str, level: Level, show: str = "", hide: str = "") -> Case:
    return Case("ann", "It aches.", codes(answers), level, codes(show), codes(hide))
