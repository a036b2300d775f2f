"""What a flow can come to: its longest path, and answers that reach a goal.

Rules only ever raise, so on a question with many answers it is enough to try all of them
together, and each exclusive answer alone. That leaves few answer sets to look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, product

from guide.triage.assess import SHOWN_FROM, points
from guide.triage.flow import Answers, Flow, Question
from guide.triage.path import walk

#: Past so many answer sets a goal counts as reachable: publishing must not hang on a check.
TRIED_AT_MOST = 50_000


def can_come_to(flow: Flow, codes: frozenset[str], goal: Callable[[Answers], bool]) -> bool:
    """Tell whether some answers, of those that matter to these codes, reach the goal."""
    choices = [_choices(question, wanted) for question, wanted in _needed(flow, codes)]
    sets = (frozenset().union(*chosen) for chosen in product(*choices))
    tried = 0
    for answers in islice(sets, TRIED_AT_MOST):
        tried += 1
        if goal(walk(flow, answers).kept):
            return True
    return tried == TRIED_AT_MOST


def can_be_shown(flow: Flow, section: str) -> bool:
    """Tell whether some answers give a section the points to be shown."""
    rules = [rule for rule in flow.rules if section in rule.pointers and rule.groups]
    codes = frozenset().union(*(rule.codes for rule in rules))

    def shown(chosen: Answers) -> bool:
        return points(rule for rule in rules if rule.fires(chosen))[section] >= SHOWN_FROM

    return points(rules)[section] >= SHOWN_FROM and can_come_to(flow, codes, shown)


def longest_path(flow: Flow, *, besides: tuple[Question, ...] = ()) -> list[Question]:
    """Return the questions of a longest path, not counting those named in `besides`."""
    paths: dict[frozenset[str], list[Question]] = {frozenset(): []}
    later = _codes_asked_for_later(flow)
    for place, question in enumerate(flow.questions):
        counted = [] if question in besides else [question]
        reached: dict[frozenset[str], list[Question]] = {}
        for opened, path in paths.items():
            asked = not question.asked_when or not question.asked_when.isdisjoint(opened)
            grown = path + counted if asked else path
            for chosen in _choices(question, question.codes) if asked else [frozenset[str]()]:
                state = (opened | chosen) & later[place]
                if state not in reached or len(reached[state]) < len(grown):
                    reached[state] = grown
        paths = reached
    return max(paths.values(), key=len)


def _choices(question: Question, wanted: frozenset[str]) -> list[frozenset[str]]:
    """Return the answers to a question that can matter to the wanted codes, best first."""
    free = question.codes - question.exclusive
    single = question.exclusive if question.many else question.codes
    together = [free] if question.many and free & wanted else []
    return [*together, *(frozenset({code}) for code in sorted(single & wanted)), frozenset()]


def _needed(flow: Flow, codes: frozenset[str]) -> Iterator[tuple[Question, frozenset[str]]]:
    """Yield the questions that bear on these codes, and which of their codes do, last first."""
    wanted = codes
    for question in reversed(flow.questions):
        if question.codes & wanted:
            yield question, wanted
            wanted |= question.asked_when


def _codes_asked_for_later(flow: Flow) -> list[frozenset[str]]:
    """Return, for the place of each question, the codes that open a later one."""
    later, found = frozenset[str](), []
    for question in reversed(flow.questions):
        found.append(later)
        later |= question.asked_when
    return found[::-1]
