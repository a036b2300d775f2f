"""A file that was sent is read within bounds, whatever it says of itself."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
import yaml

from guide.publishing import block_yaml
from guide.publishing.files import FixtureError
from guide.publishing.packed import MOST_FILES, MOST_TEXT, pack, unpack


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", method) as folder:
        for name, content in files.items():
            folder.writestr(name, content)
    return data.getvalue()


def test_what_was_packed_is_unpacked_and_packs_to_the_same_bytes() -> None:
    files = {"faqs.yaml": "- é\n", "articles/a.yaml": "[]\n"}
    assert unpack("Guide.ZIP", pack(files)) == files
    assert pack(files) == pack(files)


def test_a_single_file_is_itself_without_the_mark_of_an_editor() -> None:
    assert unpack("a.yaml", b"\xef\xbb\xbf[]") == {"a.yaml": "[]"}


def test_what_a_system_puts_beside_the_files_is_passed_over() -> None:
    files = {"a.yaml": b"[]", "__MACOSX/._a.yaml": b"\0", "README.md": b"\xff"}
    assert unpack("a.zip", zipped(files)) == {"a.yaml": "[]"}


def test_a_damaged_zip_is_told_as_one() -> None:
    whole = zipped({"a.yaml": b"[]" * 100})
    for place in range(len(whole)):
        damaged = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        try:
            unpack("a.zip", damaged)
        except FixtureError:
            continue


def test_very_many_mistakes_are_not_all_told() -> None:
    told = FixtureError([f"row {number}" for number in range(5000)]).problems
    assert (len(told), told[-1]) == (201, "And 4,800 more.")


def test_a_zip_that_grows_is_not_read_to_its_end() -> None:
    bomb = zipped({f"{n}.yaml": b" " * MOST_TEXT for n in range(3)})
    assert len(bomb) < MOST_TEXT // 50
    with pytest.raises(FixtureError, match="more than"):
        unpack("a.zip", bomb)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.zip", b"no zip", "not a zip"),
        ("a.zip", pack({"a.yaml": "x" * 99})[:-30], "not a zip"),
        ("a.zip", zipped({"a.yaml": b"[]"}, zipfile.ZIP_LZMA), "not a zip"),
        ("a.zip", zipped({"a.txt": b""}), "no .yaml file"),
        ("a.zip", zipped({f"{n}.yaml": b"" for n in range(MOST_FILES + 1)}), "more than"),
        ("a.yaml", b" " * (MOST_TEXT + 1), "more than"),
        ("a.yaml", b"\xff\xfe", "utf-8"),
    ],
)
def test_what_cannot_be_read_is_said(name: str, data: bytes, why: str) -> None:
    with pytest.raises(FixtureError, match=why):
        unpack(name, data)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a: &a [1]\nb: [*a, *a]", "no aliases"),
        ("[" * 100_000, "too deep"),
        ("- " * 100_000, "too deep"),
        ("a: 1" + ":1" * 10_000, "so long a word"),
        ("a: !!int '1:1:1'", "no tags"),
        ("a: !!python/object:os.system {}", "no tags"),
        ("!!set {a}", "no tags"),
        ("a: 1\na: 2", "given twice"),
    ],
)
def test_a_small_text_that_would_take_a_machine_down_is_refused(text: str, why: str) -> None:
    with pytest.raises(yaml.YAMLError, match=why):
        block_yaml.load(text)
