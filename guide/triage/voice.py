"""Who speaks in a result, and what to read out when asking for help."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from guide.triage.assess import Assessment, Reason
from guide.triage.flow import Flow, Level

#: The address of the questions about a child: their reader is a parent.
ABOUT_A_CHILD = "child"
#: Up to so many words a rule is heard with two of its answers, and other rules are heard too.
PAIR_WORDS = 30
QUOTED_WORDS = 20

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_NEEDED = {
    Level.EMERGENCY: "an ambulance",
    Level.URGENT: "to see a {doctor} today",
    Level.DOCTOR: "to see a {doctor}, but it is not urgent",
}
_NEEDED_SOON = "to see a {doctor} this week"


class Voice(NamedTuple):
    """The words that depend on whom a result is about. All others are chosen to fit everybody."""

    needs: str
    driving: str
    answered_by: str


OWN = Voice(
    needs="I need",
    driving="Do not drive yourself.",
    answered_by="Answered by the person it is about.",
)
HELPER = Voice(
    needs="I am calling for someone who needs",
    driving="Do not let them drive.",
    answered_by="Answered by a helper, about another adult.",
)
PARENT = Voice(
    needs="I am calling for my child, who needs",
    driving="If you go by car, let someone else drive.",
    answered_by="Answered by a parent or carer, about a child.",
)


def voice(flow: Flow) -> Voice:
    """Return the words that fit whoever answers these questions."""
    if flow.for_other:
        return HELPER
    return PARENT if flow.slug == ABOUT_A_CHILD else OWN


def aloud(flow: Flow, found: Assessment) -> tuple[str, ...]:
    """Return the sentences to read out on the phone or to hold up at a desk, three at most.

    What is needed, why in the reader's own words, and the first thing the guide says to it.
    None where nobody needs to be called.
    """
    if found.level is Level.SELF_CARE:
        return ()
    worst = sorted(found.worst, key=lambda reason: not reason.soon)
    needed = _NEEDED_SOON if found.soon else _NEEDED[found.level]
    sentences = [
        f"{voice(flow).needs} {needed}.",
        f"Here is why: {'; '.join(_quoted(worst)).rstrip('.')}.",
    ]
    if worst[0].because:
        meaning, *_ = _SENTENCE_END.split(worst[0].because)
        sentences.append(f"A guide to leg pain says: “{meaning}”")
    return tuple(sentences)


def _quoted(reasons: Sequence[Reason]) -> list[str]:
    """Return what the first rule quotes, and of the others what is short enough to be heard.

    A rule may take several answers. The last ones tell most: they were asked of few.
    """
    quoted = list(reasons[0].said[-2:])
    if _words(quoted) > PAIR_WORDS:
        quoted = quoted[-1:]
    for said in (said for reason in reasons[1:] for said in reason.said):
        if said not in quoted and _words([*quoted, said]) <= QUOTED_WORDS:
            quoted.append(said)
    return quoted


def _words(texts: Iterable[str]) -> int:
    return sum(len(text.split()) for text in texts)
