#!/usr/bin/env python
"""Django's command line."""

from __future__ import annotations

import os
import sys

try:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
except ModuleNotFoundError:
    sys.exit("This Python has no Django: use .venv/bin/python (`make serve` makes it).")

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legrelief.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Settings: {error}")
