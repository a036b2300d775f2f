"""What must hold before a questionnaire is published. Each refusal is a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils import timezone

from guide.models import RESERVED, Edition
from guide.pages.rows import RowData, fields_of, slugs
from guide.publishing.refusal import Refusal
from guide.triage import (
    Flow,
    Level,
    Problem,
    failing_cases,
    flow_from_rows,
    missing_cases,
    problems,
)

KIND = "questionnaire"
#: The model of a part that a problem speaks of, where it is called otherwise.
_MODELS = {"case": "safetycase"}
#: Where to begin to mend a part, when no field of its own is to blame.
_FIELDS = {"question": "text", "rule": "because", "case": "level"}


class _Answer(NamedTuple):
    """What a code stands for: the key of an option, and its words as the desk shows them."""

    key: str
    words: str


def questionnaire_refusals(slug: str, rows: Sequence[RowData]) -> list[Refusal]:
    """Return why not: first its questions, rules and addresses, then its safety cases."""
    try:
        flow = flow_from_rows(rows)
    except ValueError as error:
        return [Refusal(str(error))]
    return [
        _placed(problem, rows)
        for problem in (
            *problems(flow),
            *_signs_no_longer_asked_for(slug, flow),
            *_codes_used_again(slug, rows),
            *_addresses_taken(slug, rows),
            *failing_cases(flow),
            *missing_cases(flow),
        )
    ]


def _placed(problem: Problem, rows: Sequence[RowData]) -> Refusal:
    """Return a problem with the place of its row."""
    kind, name = problem.part
    model = f"guide.{_MODELS.get(kind, kind)}"
    key = "code" if kind == "option" else "slug"
    places = (
        place
        for place, row in enumerate(rows)
        if row["model"] == model and row["fields"][key] == name
    )
    return Refusal(problem, next(places, 0), problem.field or _FIELDS.get(kind, "safety-cases"))


def _signs_no_longer_asked_for(slug: str, flow: Flow) -> Iterator[Problem]:
    """A sign that readers are asked for stays one, as long as a rule of its own leads further."""
    for edition in Edition.objects.live(timezone.now()).of(KIND, slug):
        signs = {
            option.code
            for question in flow_from_rows(edition.rows).questions
            if question.warning
            for option in question.ordinary
        }
        for question in flow.questions:
            known = [
                flow.name_of(option)
                for option in question.ordinary
                if option.code in signs and flow.floor_of[option.code] > Level.SELF_CARE
            ]
            if known and not question.warning:
                more = f" and {len(known) - 1} more" if len(known) > 1 else ""
                yield Problem(
                    f"“{question.label}” no longer asks for warning signs, but it has some: "
                    f"{known[0]}{more}. Tick “asks for warning signs”, or take them from the "
                    "rules of their own first, and publish that.",
                    question=question.slug,
                    field="warning",
                )


def rules_that_raise(caution: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the title of each live questionnaire that raises a caution, and its rules that do."""
    for edition in Edition.objects.live(timezone.now()).filter(kind=KIND).iterator():
        rules = fields_of(edition.rows, "guide.rule")
        raising = [rule["slug"] for rule in rules if caution in slugs(rule["cautions"])]
        if raising:
            yield edition.title, raising


def _codes_used_again(slug: str, rows: Sequence[RowData]) -> Iterator[Problem]:
    """A code in a reader's cookie must mean the same answer in every edition."""
    meant = _answers(rows)
    earlier = Edition.objects.of(KIND, slug).filter(live_from__isnull=False)
    for edition in earlier.only("rows", "number").iterator():
        for code, before in _answers(edition.rows).items():
            if code in meant and meant[code].key != before.key:
                now = meant.pop(code)
                yield Problem(
                    f"The code {code} stood for “{before.words}” ({before.key}) in edition "
                    f"{edition.number}. Give “{now.words}” ({now.key}) a new code.",
                    option=code,
                    field="code",
                )


def _answers(rows: Sequence[RowData]) -> dict[str, _Answer]:
    labels = {asked["slug"]: asked["label"] for asked in fields_of(rows, "guide.question")}
    found = {}
    for option in fields_of(rows, "guide.option"):
        asked = option["question"][-1]
        words = f"{labels[asked]}: {option['text']}"
        found[option["code"]] = _Answer(f"{asked}/{option['slug']}", words)
    return found


def _addresses_taken(slug: str, rows: Sequence[RowData]) -> Iterator[Problem]:
    """Each voice of each live questionnaire has an address under /check/ of its own."""
    (unit,) = fields_of(rows, "guide.questionnaire")
    taken = dict.fromkeys(RESERVED, "another page")
    others = Edition.objects.live(timezone.now()).filter(kind=KIND).exclude(slug=slug)
    for other in others.only("slug", "title", "card"):
        for address in (other.slug, other.card.get("other_slug")):
            taken[address] = f"“{other.title}”"
    if unit["other_slug"] == slug:
        yield Problem("A helper needs an address of their own.", field="other_slug")
    for address in (slug, unit["other_slug"]):
        if address and address in taken:
            said = f"The address /check/{address}/ is that of {taken[address]}."
            yield Problem(said, field="slug" if address == slug else "other_slug")
