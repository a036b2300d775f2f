"""The static files as they are sent: without the blanks and comments that are for us."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile, File
from rcssmin import cssmin  # type: ignore[import-untyped]
from rjsmin import jsmin  # type: ignore[import-untyped]
from whitenoise.storage import (  # type: ignore[import-untyped]
    CompressedManifestStaticFilesStorage,
)

_MINIFIERS = {".css": cssmin, ".js": jsmin}


class MinifiedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Collects the files minified, named by their content and compressed."""

    def _save(self, name: str, content: File[Any]) -> str:
        content.seek(0)  # it may have been read already, for its digest
        sent: File[Any] = ContentFile(minified(name, content.read()))
        saved: str = super()._save(name, sent)
        return saved


def minified(name: str, content: bytes) -> bytes:
    """Return a style or script without blanks and comments; any other file as it is."""
    minify = _MINIFIERS.get(PurePath(name).suffix)
    if minify is None or name.endswith((".min.js", ".min.css")):
        return content
    return bytes(minify(content))
