"""Six weeks of evenings for the reader's own calendar (RFC 5545): no account and no push.

The times have no zone, so that half past nine is half past nine wherever the reader is, in
summer and in winter.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time
from uuid import NAMESPACE_URL, uuid5

#: As long as the trial (S09).
EVENINGS = 42
#: A calendar may be seen by others: it does not say what the routine is for.
TITLE = "Evening routine"
EVENING = time(21, 30)
#: Nobody plans their evenings further ahead.
YEAR = 366
#: Octets of a line, its end aside.
LINE_AT_MOST = 75


def start(first: str, at: str, today: date) -> datetime:
    """Return when the first evening begins: as a form says, or tonight at half past nine."""
    day, hour = today, EVENING
    with suppress(ValueError):
        day = datetime.strptime(first, "%Y-%m-%d").date()  # noqa: DTZ007
    with suppress(ValueError):
        hour = datetime.strptime(at, "%H:%M").time()  # noqa: DTZ007
    return datetime.combine(day if abs((day - today).days) <= YEAR else today, hour)


def six_weeks(link: str, begins: datetime, minutes: int, *, alarm: bool, made: datetime) -> str:
    """Return a calendar file with one event every evening. `made` is in UTC."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//LegRelief//Evening routine//EN",
        "BEGIN:VEVENT",
        f"UID:{uuid5(NAMESPACE_URL, f'{link} {begins}')}",
        f"DTSTAMP:{made:%Y%m%dT%H%M%SZ}",
        f"DTSTART:{begins:%Y%m%dT%H%M%S}",
        f"DURATION:PT{minutes}M",
        f"RRULE:FREQ=DAILY;COUNT={EVENINGS}",
        f"SUMMARY:{_text(TITLE)}",
        f"DESCRIPTION:{_text(link)}",
        f"URL:{link}",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        *(_alarm() if alarm else []),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _alarm() -> list[str]:
    return [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(TITLE)}",
        "TRIGGER:PT0S",
        "END:VALARM",
    ]


def _text(value: str) -> str:
    r"""Escape a text: a comma, a semicolon, a backslash and an end of line mean something."""
    marked = "".join(f"\\{letter}" if letter in "\\,;" else letter for letter in value)
    return marked.replace("\r\n", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Break a long line, never inside a letter: a line that goes on begins with a blank."""
    lines, room = [""], LINE_AT_MOST
    for letter in line:
        size = len(letter.encode())
        if size > room:
            lines.append(" ")
            room = LINE_AT_MOST - 1
        lines[-1] += letter
        room -= size
    return "\r\n".join(lines)
