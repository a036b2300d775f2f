"""/readyz tells whether a process can do its work, and what it misses: by name, without details."""

from __future__ import annotations

import logging
from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

pytestmark = pytest.mark.django_db

ALL_WELL = "database: ok\nmigrations: ok\ncache: ok\n"
SECRET = "postgres://user:hunter2@db.example"


def asked(client: Client) -> tuple[int, str]:
    response = client.get("/readyz")
    assert "no-store" in response.headers["Cache-Control"]
    return response.status_code, response.content.decode()


def test_where_all_is_there_it_says_so(client: Client) -> None:
    assert asked(client) == (200, ALL_WELL)


def test_a_migration_that_is_missing_is_told(client: Client) -> None:
    MigrationRecorder.Migration.objects.filter(app="guide").order_by("-pk")[0].delete()
    assert asked(client) == (503, ALL_WELL.replace("migrations: ok", "migrations: failed"))


def test_a_database_that_does_not_answer_is_told_and_its_secrets_are_not(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with patch("guide.ready.connection.cursor", side_effect=OperationalError(SECRET)):
        status, said = asked(client)
    assert (status, said) == (503, "database: failed\nmigrations: failed\ncache: ok\n")
    assert "Not ready: the database failed (OperationalError)" in caplog.messages
    assert "hunter2" not in caplog.text + said


def test_a_cache_that_is_gone_is_told(client: Client) -> None:
    with patch("guide.ready.cache.set", side_effect=ConnectionError(SECRET)):
        assert asked(client) == (503, ALL_WELL.replace("cache: ok", "cache: failed"))


def test_it_answers_a_probe_by_address_in_production(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["guide.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/readyz", headers={"Host": "10.1.2.3:8000"})
    assert response.status_code == 200
    assert client.post("/readyz", headers={"Host": "10.1.2.3:8000"}).status_code == 405
