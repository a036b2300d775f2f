from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.triage import decode, edition_number, encode
from tests.triage.makers import codes

CODES = st.frozensets(st.from_regex(r"\A[a-z][a-z0-9]{1,2}\Z"), max_size=80)


@given(st.integers(1, 999_999_999), CODES)
def test_what_was_written_is_read_back(number: int, answers: frozenset[str]) -> None:
    assert decode(encode(number, answers)) == (number, answers)


def test_answers_are_written_short_and_in_one_way() -> None:
    assert encode(12, codes("wc n0")) == "12.n0.wc"
    assert encode(12, codes("")) == "12"


@pytest.mark.parametrize(
    "nonsense",
    [
        "", ".", "12.", "12..n0", "0", "012.n0", "-1.n0", "n0", "12.N0", "12.wc.n0", "12.n0.n0",
        "12.n", "12.long", "12 n0", "12.n0\n", "12.\x00n0", "１２.n0", "1" * 10, "None", "12.é0",
    ],
)  # fmt: skip
def test_nonsense_is_refused(nonsense: str) -> None:
    assert decode(nonsense) is None


@given(st.text(alphabet="0129.anz\x00 é", max_size=12))
def test_no_text_has_two_readings(text: str) -> None:
    written = decode(text)
    assert written is None or encode(*written) == text


def test_the_number_of_an_edition_stands_by_itself() -> None:
    assert edition_number("12") == 12


@pytest.mark.parametrize(
    "nonsense", ["", "0", "012", "-1", "1.n0", "1~2", "12\n", "１２", "1" * 10]
)
def test_what_is_no_number_of_an_edition_is_refused(nonsense: str) -> None:
    assert edition_number(nonsense) is None
