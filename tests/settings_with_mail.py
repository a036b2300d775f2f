"""The project's settings, with what an operator may add: error mail and a cache on disk."""

from __future__ import annotations

from typing import Any

from legrelief.settings import *  # noqa: F403
from legrelief.settings import BASE_DIR, LOGGING, STORAGES

ADMINS = [("Operator", "operator@example.org")]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = BASE_DIR / "var" / "mail"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": BASE_DIR / "var" / "cache",
    }
}
logs: dict[str, Any] = LOGGING
# As Django itself would send mail: straight from its logger, past the filter of the console.
logs["handlers"]["mail"] = {
    "class": "django.utils.log.AdminEmailHandler",
    "level": "ERROR",
    "include_html": True,
}
logs["loggers"]["django"]["handlers"] = ["mail"]
# Static files hold no answers, and packing them takes seconds.
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
