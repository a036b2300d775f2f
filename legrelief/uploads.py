"""Where a file may be sent, and how it is read."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.urls import reverse


class FileOfTexts(MemoryFileUploadHandler):
    """Reads a file in memory, at the one address that asks for one."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        assert self.request is not None
        if self.request.path != reverse("admin:guide_files_load"):
            raise SuspiciousOperation("A file was sent where none is asked for.")
        super().new_file(*args, **kwargs)
