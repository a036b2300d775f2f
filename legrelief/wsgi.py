"""The application that gunicorn runs."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legrelief.settings")

_django = get_wsgi_application()
application = import_string("guide.kept_pages.handed_out")(_django)
