from __future__ import annotations

import pytest

from guide.pages.readability import long_sentences, read, sentences, syllables

#: Common words of the guide and of any page, counted by ear and dictionary.
WORDS = {
    1: "ache aches bathed breathe cramp eyes helped knees move pulled sole soothes stretched thigh "
    "through tired year you",
    2: "aching ankle being bottle calcium caution doctor drying evening every fluid gentle likely "
    "lying mayo muscles needed people quiet relaxed rushes settled soreness spasms something "
    "trial useless",
    3: "already anyone carrier customer dangerous easier emerges exercise hospital idea medicine "
    "minutely potato reacted recipe remedy terrible usual",
    4: "activity circulation emergency especially ordinary reliable sciatica temperature",
    5: "electricity opportunity refrigerator",
}


def test_syllables_come_close_to_a_dictionary() -> None:
    known = {word: count for count, words in WORDS.items() for word in words.split()}
    assert len(known) > 60
    counted = sum(map(syllables, known))
    assert abs(counted - sum(known.values())) / sum(known.values()) < 0.05
    wrong = [word for word, count in known.items() if syllables(word) != count]
    assert len(wrong) / len(known) < 0.1, wrong


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Lines of\none paragraph.", ["Lines of one paragraph."]),
        ("- first\n- second", ["first", "second"]),
        ("### Head\n\nText", ["Head", "Text"]),
        ("About 3.6 cramps.", ["About 3.6 cramps."]),
        ("See [the signs](/help/) **now**.", ["See the signs now."]),
        ("  \n\n--\n", []),
    ],
)
def test_markdown_is_read_as_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_the_grade_follows_the_formula() -> None:
    # 4 words, 1 sentence, 4 syllables: 0.39 * 4 + 11.8 * 1 - 15.59
    assert read("The leg is sore.").grade == pytest.approx(-2.2)


def test_exempt_words_do_not_count_in_any_form() -> None:
    judged = read("Statins and a statin’s effect.", {"statin"})
    assert (judged.words, judged.exempt) == (5, 2)
    assert judged.grade == read("And a effect.").grade


def test_nothing_to_read_has_no_grade() -> None:
    assert read("").grade == 0
    assert read("42", {"42"}).grade == 0


def test_a_sentence_of_21_words_is_long_and_one_of_20_is_not() -> None:
    assert list(long_sentences("word " * 20 + ".")) == []
    assert len(list(long_sentences("word " * 21 + "."))) == 1
