"""The engine once more, as plainly as design.md tells it: slow, to check the fast one by."""

from __future__ import annotations

from guide.triage import Answers, Flow, Level, Question, Rule


def asked(flow: Flow, answers: Answers) -> tuple[list[Question], set[str]]:
    """The questions on the path of these answers, and the answers that hold."""
    path, held = list[Question](), set[str]()
    for question in flow.questions:
        if question.asked_when and not question.asked_when & held:
            continue
        path.append(question)
        given = {option.code for option in question.options if option.code in answers}
        alone = {option.code for option in question.options if option.exclusive}
        if len(given) == 1 or (question.many and not given & alone):
            held |= given
    return path, held


def fired(flow: Flow, answers: Answers) -> list[Rule]:
    _, held = asked(flow, answers)
    return [rule for rule in flow.rules if rule.groups and all(g & held for g in rule.groups)]


def level(flow: Flow, answers: Answers) -> Level:
    return max((rule.level for rule in fired(flow, answers)), default=Level.SELF_CARE)


def cautions(flow: Flow, answers: Answers) -> set[str]:
    return {slug for rule in fired(flow, answers) for slug in rule.cautions}


def points(flow: Flow, answers: Answers) -> dict[str, int]:
    """The points of each section that has enough of them, and may be read at this level."""
    total: dict[str, int] = {}
    for rule in fired(flow, answers):
        for section, weight in rule.pointers.items():
            total[section] = total.get(section, 0) + weight
    now = level(flow, answers)
    return {
        section: some
        for section, some in total.items()
        if some >= 4 and (now <= Level.DOCTOR or (now is Level.URGENT and section == "red-flags"))
    }


def would_change(flow: Flow, answers: Answers) -> dict[str, Level]:
    """Choose each warning sign for real, one at a time, and tell which raise the level.

    A page that is checked together is left to its follow-up, which asks the same signs.
    """
    path, held = asked(flow, answers)
    before, found = level(flow, answers), {}
    for question in path:
        unsure = {option.code for option in question.options if option.exclusive == "unsure"}
        again = any(unsure & held & follow_up.asked_when for follow_up in flow.follow_ups)
        if not question.warning or again:
            continue
        here = {option.code for option in question.options}
        beside = {option.code for option in question.ordinary} & held if question.many else set()
        for option in question.ordinary:
            then = level(flow, frozenset(held - here | beside | {option.code}))
            if option.code not in held and then > before:
                found[option.code] = then
    return found
