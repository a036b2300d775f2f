"""How much work the page is: questions to the database, and bytes."""

from __future__ import annotations

import json
import platform

import django
import wagtail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def main() -> None:
    """Print it for a process that was asked before; the first request makes the pictures."""
    client = Client()
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get("/blog/post/")
    versions = f"Wagtail {wagtail.__version__}, Django {django.__version__}"
    versions += f", Python {platform.python_version()}"
    found = {"queries": len(queries), "bytes": len(answer.content), "versions": versions}
    print(json.dumps(found))
