"""What is deployed, in a word."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

#: What decides the bytes of a page, next to the editions that are live.
RELEASED = ("guide", "legrelief", "static", "templates")
PACKAGES = "requirements.txt"
SHAPING = ("FEEDBACK", "SITE_ADDRESS", "STATIC_URL", "STORAGES", "TIME_ZONE")


def release() -> str:
    """Say in a word what is deployed: the same on every host that serves the same pages."""
    shaped = [f"{name}={getattr(settings, name)}" for name in SHAPING]
    # The names of static files as pages have them: a page may be drawn before they are collected.
    shaped.append(getattr(staticfiles_storage, "manifest_hash", ""))
    return hashlib.sha256(" ".join([_deployed(), *shaped]).encode()).hexdigest()


@cache
def _deployed() -> str:
    digest = hashlib.sha256()
    for path in _files():
        digest.update(f"{path.relative_to(settings.BASE_DIR)} ".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files() -> list[Path]:
    base: Path = settings.BASE_DIR
    found = [
        *base.glob(PACKAGES),
        *(path for name in RELEASED for path in base.glob(f"{name}/**/*.*")),
    ]
    # What Python writes while it compiles comes and goes, under names of its own.
    return sorted(path for path in found if path.is_file() and path.parent.name != "__pycache__")
