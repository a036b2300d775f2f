"""What is wrong, in a sentence that knows where."""

from __future__ import annotations


class Problem(str):
    """A sentence for the colleague who edits, and the part it speaks of.

    That is a question, a rule or a case by its slug, or an option by its code; none, where the
    whole questionnaire is meant. `field` names the field to mend, if it is one.
    """

    __slots__ = ("field", "part")

    part: tuple[str, str]
    field: str

    def __new__(cls, said: str, *, field: str = "", **part: str) -> Problem:
        problem = super().__new__(cls, said)
        problem.part = next(iter(part.items()), ("", ""))
        problem.field = field
        return problem
