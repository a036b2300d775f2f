"""docs/editing.md leads nowhere that is not there, and is as plain as what it is about."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image

from guide.pages.readability import MAX_GRADE, long_sentences, read
from tests import pictures

DOCS = Path(__file__).resolve().parent.parent / "docs"
TEXT = (DOCS / "editing.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", TEXT)
MOST_BYTES = 60_000


def test_every_picture_is_there_with_words_for_who_cannot_see_it() -> None:
    assert 8 <= len(SHOWN) <= 12
    for words, address in SHOWN:
        picture = DOCS / address
        assert len(words) > 10
        assert picture.stat().st_size < MOST_BYTES, address
        with Image.open(picture) as image:
            assert image.format == "PNG"


def test_every_picture_that_is_drawn_is_shown() -> None:
    assert {path.name for path in pictures.FOLDER.iterdir()} == {
        Path(address).name for _, address in SHOWN
    }


def test_every_link_leads_to_a_heading_or_a_file() -> None:
    headings = re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)
    anchors = {re.sub(r"[^a-z -]", "", words.lower()).replace(" ", "-") for words in headings}
    links = re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", TEXT)
    assert len(links) > len(SHOWN)
    for link in links:
        if link.startswith("#"):
            assert link[1:] in anchors, link
        else:
            assert (DOCS / link).exists(), link


def test_every_task_is_in_the_list_of_tasks() -> None:
    headings = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
    listed = re.findall(r"\]\(#([^)]+)\)", TEXT)
    assert len(listed) == len(headings)


def test_it_is_written_in_short_sentences_and_plain_words() -> None:
    prose = re.sub(r"^!.*$|^\|.*$|^\[.*$|^#+ .*$", "", TEXT, flags=re.MULTILINE)
    assert list(long_sentences(prose)) == []
    assert read(prose).grade <= MAX_GRADE
