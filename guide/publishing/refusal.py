"""Why something must not be published, and where that is to be mended."""

from __future__ import annotations


class Refusal(str):
    """A sentence for the editor that knows the row and the field it speaks of.

    `row` is the place of the row among those of the unit: 0 is the unit itself. `field` is
    empty where no single field is to blame.
    """

    __slots__ = ("field", "row")

    row: int
    field: str

    def __new__(cls, said: str, row: int = 0, field: str = "") -> Refusal:
        refusal = super().__new__(cls, said)
        refusal.row, refusal.field = row, field
        return refusal
