"""Files in one zip, and out of it again: never more than a page of the desk can read."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from guide.publishing.files import FixtureError

MOST_FILES = 500
#: Bytes of text in all. A zip says itself how much it holds, so it is counted while it is read.
MOST_TEXT = 4 * 2**20


def pack(files: Mapping[str, str]) -> bytes:
    """Return files as a zip. The same files make the same bytes."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as folder:
        for name, text in files.items():
            folder.writestr(ZipInfo(name), text, ZIP_DEFLATED)
    return packed.getvalue()


def unpack(name: str, data: bytes) -> dict[str, str]:
    """Return the text of a YAML file, or of each YAML file in a zip, by their names.

    Raises FixtureError for what is neither, is not text, or holds more than a page can read.
    """
    try:
        files = _unzipped(data) if name.lower().endswith(".zip") else {name: data}
        return {name: _text(name, found) for name, found in files.items()}
    except (BadZipFile, RuntimeError, EOFError, OSError, ValueError, zlib.error) as error:
        raise FixtureError([f"{name}: this is not a zip that can be opened."]) from error


def _unzipped(data: bytes) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = MOST_TEXT
    with ZipFile(BytesIO(data)) as folder:
        for info in _fixtures(folder):
            with folder.open(info) as file:
                files[info.filename] = file.read(left + 1)
            left -= len(files[info.filename])
            if left < 0 or len(files) > MOST_FILES:
                raise FixtureError([_TOO_MUCH])
    if not files:
        raise FixtureError(["There is no .yaml file in this zip."])
    return files


_TOO_MUCH = (
    f"This holds more than {MOST_FILES} files or {MOST_TEXT // 2**20} MB of text. "
    "Load it in parts, or with manage.py load_guide."
)


def _fixtures(folder: ZipFile) -> Iterator[ZipInfo]:
    """Yield the fixtures of a zip, without what some systems put beside them."""
    for info in folder.infolist():
        path = PurePosixPath(info.filename)
        if path.suffix == ".yaml" and "__MACOSX" not in path.parts:
            if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
                raise BadZipFile(info.filename)
            yield info


def _text(name: str, data: bytes) -> str:
    if len(data) > MOST_TEXT:
        raise FixtureError([_TOO_MUCH])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FixtureError([f"{name}: {error}"]) from error
