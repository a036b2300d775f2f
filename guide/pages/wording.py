"""Words that this guide does not use: why not, and what to say instead.

From the rules of tone and certainty in the project's evidence and design. A tool is a sense
check: most of these are warnings. Only what would mislead a reader is refused at publish.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from guide.pages.countries import GENERIC


class Severity(StrEnum):
    """Whether a finding is only worth a look, or keeps a text from being published."""

    WARN = "warn"
    REFUSE = "refuse"


class Phrase(NamedTuple):
    """A pattern that should not stand in prose."""

    pattern: re.Pattern[str]
    wrong: str
    instead: str
    severity: Severity = Severity.WARN


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


_NUMBER = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty)"

#: A dose is a fact of a stretch: typed in prose it would go on saying what no longer holds.
DOSE = Phrase(
    re.compile(
        rf"\b{_NUMBER}(?: to {_NUMBER})?[- ](?:seconds?|secs?|reps?|repeats|repetitions)\b"
        rf"|\b(?:hold|repeat)\w* (?:\w+ ){{0,3}}{_NUMBER}\b",
        re.IGNORECASE,
    ),
    "A dose is typed in prose.",
    "Point to the stretch: its dose is drawn from its own fields.",
    Severity.REFUSE,
)

_DIAGNOSIS = (
    "It sounds like a diagnosis.",
    "Say what it is often felt as, or “this page may be useful because you said…”.",
)
#: In a list the same words are a sign to look for: “You have a fever”.
YOU_HAVE = Phrase(
    re.compile(r"(?:^|(?<=[.!?] ))You have (?:a|an|got|restless|night)\b", re.MULTILINE),
    *_DIAGNOSIS,
)

PHRASES: tuple[Phrase, ...] = (
    Phrase(
        re.compile(rf"\{{(?!(?:{'|'.join(GENERIC)})\}})[^{{}}\n]*\}}?"),
        "No country fills these braces.",
        f"Use one of {', '.join(f'{{{token}}}' for token in GENERIC)}.",
        Severity.REFUSE,
    ),
    Phrase(
        _words(r"911|999|112|NHS 111|GPs?|A&E|the ER"),
        "It is wrong for most countries.",
        "Use a token, such as {emergency} or {doctor}: each country fills in its own words.",
    ),
    Phrase(_words("should"), "It scolds.", "Say what to do, or what can help."),
    Phrase(
        _words("just|simply|easily"),
        "It belittles what may be hard.",
        "Leave the word out.",
    ),
    Phrase(
        _words(r"don['’]t worry|you are fine|(?<!if )(?<!whether )it is safe|only call if"),
        "It calms where nobody can know.",
        "Say what you do know, such as “Nothing you told us needs urgent care”.",
    ),
    Phrase(
        _words(
            r"proven|instantly|guarante\w+|miracle|cures|get rid of|for good(?! \w)"
            r"|will (?:prevent|cure|stop|end|fix|heal)"
        ),
        "It promises.",
        "Say “may help some people”, and who was studied.",
    ),
    Phrase(
        _words(
            r"this is probably|you probably have|(?:is|are) most likely an?|your diagnosis"
            r"|\d+ ?% match|the cause is"
        ),
        *_DIAGNOSIS,
    ),
    Phrase(
        _words("secret|sanctuary|journey|huge|magic"),
        "It sells.",
        "Say plainly what it is.",
    ),
    Phrase(
        _words(r"body (?:is )?(?:sends|sending|telling|signals)|memo from|conversation with"),
        "It is a picture that some readers take at its word.",
        "Say plainly what happens.",
    ),
    Phrase(re.compile("—"), "A dash makes a long sentence.", "Use a full stop or a comma."),
)

#: A line of a list is read at a glance, and “don't” then reads as “do”.
SHORT_NOT = Phrase(
    re.compile(r"\bdon['’]t\b", re.IGNORECASE),
    "“Don't” is easily read as “do” in a list.",
    "Write “do not”.",
)

#: What a link says when it says nothing: read out alone, it leads anywhere.
EMPTY_LINK = re.compile(
    r"(?:click|tap|press)? ?(?:here|this|more|(?:read|learn) more|read (?:on|this)|(?:this )?link"
    r"|this page)",
    re.IGNORECASE,
)

#: Redness is a sign that hardly shows on dark skin: the text must say what else to look for.
REDNESS = re.compile(r"\b(?:red|redder|redness|reddish|reddened|reddens)\b", re.IGNORECASE)
#: A sentence that speaks of no skin, or names what shows on dark skin as well.
NOT_ONLY_RED = re.compile(r"\bred (?:flags?|blood)\b|\b(?:pee|urine|dark|darker)\b", re.IGNORECASE)
SKIN_TONE = re.compile(
    r"\b(?:brown|black|dark(?:er)?) (?:(?:or|and) (?:brown|black|dark) )?skin\b|\bskin tones?\b",
    re.IGNORECASE,
)
