from __future__ import annotations

import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from legrelief import env

ROOT = Path(__file__).resolve().parent.parent
KEY = "a-key-for-tests-with-more-than-fifty-characters-0123456789"
PRODUCTION = {
    "LEGRELIEF_ENV": "production",
    "LEGRELIEF_SECRET_KEY": KEY,
    "LEGRELIEF_ALLOWED_HOSTS": "guide.example.org",
}


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in env.VARIABLES:
        monkeypatch.delenv(variable.name, raising=False)
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE")  # set for browser tests, wrong in production


def settings(monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, Any]:
    """The settings module as it comes out of this environment."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(ROOT / "legrelief" / "settings.py"))


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("LEGRELIEF_DEBUG", "ture", "LEGRELIEF_DEBUG must be true or false, not 'ture'"),
        ("LEGRELIEF_BEHIND_PROXY", "1", "LEGRELIEF_BEHIND_PROXY must be true or false, not '1'"),
        ("LEGRELIEF_ENV", "prod", "LEGRELIEF_ENV must be development or production, not 'prod'"),
        (
            "LEGRELIEF_TIME_ZONE",
            "Mars/One",
            "LEGRELIEF_TIME_ZONE: there is no time zone 'Mars/One'",
        ),
        ("LEGRELIEF_LOG_LEVEL", "loud", "LEGRELIEF_LOG_LEVEL must be debug or info or"),
        ("LEGRELIEF_DEBGU", "true", "did you mean LEGRELIEF_DEBUG?"),
        ("LEGRELIEF_XYZZY_QUUX", "1", "LEGRELIEF_XYZZY_QUUX is not a setting"),
        ("CACHE_URL", "memcached://here", "CACHE_URL must be empty or look like redis://"),
        ("LEGRELIEF_SITE", "https://example.org/", "LEGRELIEF_SITE must be as in https://"),
        ("LEGRELIEF_SITE", "https://a.org, https://b.org", "LEGRELIEF_SITE must be one address"),
        ("LEGRELIEF_SECURITY_CONTACT", "me@example.org", "must be as in mailto:security@"),
        ("LEGRELIEF_SECURITY_DAYS", "400", "must be a whole number from 1 to 365"),
        ("LEGRELIEF_IDLE_MINUTES", "5", "must be a whole number from 10 to 10080"),
        ("LEGRELIEF_TWO_FACTOR", "on", "LEGRELIEF_TWO_FACTOR must be true or false, not 'on'"),
    ],
)
def test_a_value_without_meaning_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, complaint: str
) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        settings(monkeypatch, **{name: value})
    assert complaint in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LEGRELIEF_DEBUG", "true"),
        ("LEGRELIEF_SECRET_KEY", ""),
        ("LEGRELIEF_SECRET_KEY", "too-short"),
        ("LEGRELIEF_SECRET_KEY", "development-only-key-that-production-refuses-to-start-with"),
        ("LEGRELIEF_ALLOWED_HOSTS", ""),
        ("LEGRELIEF_ALLOWED_HOSTS", " , "),
        ("LEGRELIEF_ALLOWED_HOSTS", "guide.example.org, *"),
        ("LEGRELIEF_HSTS_SECONDS", "-1"),
        ("LEGRELIEF_HSTS_SECONDS", "a year"),
    ],
)
def test_production_refuses_to_start_unprotected(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        settings(monkeypatch, **{**PRODUCTION, name: value})


def test_production_keeps_to_https(monkeypatch: pytest.MonkeyPatch) -> None:
    made = settings(monkeypatch, **PRODUCTION)
    assert made["SECURE_SSL_REDIRECT"]
    assert made["SECURE_HSTS_SECONDS"] == 31_536_000
    assert made["SESSION_COOKIE_SECURE"]
    assert made["CSRF_COOKIE_SECURE"]


def test_production_logs_for_machines_and_development_for_people(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    formatters = [
        settings(monkeypatch, **environment)["LOGGING"]["handlers"]["console"]["formatter"]
        for environment in ({}, PRODUCTION)
    ]
    assert formatters == ["plain", "json"]


def test_a_forwarded_scheme_is_believed_only_behind_a_trusted_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "SECURE_PROXY_SSL_HEADER" not in settings(monkeypatch, **PRODUCTION)
    made = settings(monkeypatch, LEGRELIEF_BEHIND_PROXY="true")
    assert made["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_the_deploy_check_is_silent_in_production() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={**os.environ, **PRODUCTION},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "no issues" in done.stdout


def test_a_wrong_setting_stops_a_command_with_one_line() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={**os.environ, "LEGRELIEF_DEBUG": "maybe"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "Settings: LEGRELIEF_DEBUG must be true or false, not 'maybe'\n"


def test_lists_lose_the_blanks_around_their_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    made = settings(monkeypatch, LEGRELIEF_ALLOWED_HOSTS=" a.example , b.example,")
    assert made["ALLOWED_HOSTS"] == ["a.example", "b.example"]


@pytest.mark.parametrize(
    "value",
    ["http://x", "x/", "a.example b.example", "x:8000", "*.example.org", "ok.example, http://x"],
)
def test_what_is_not_a_host_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="LEGRELIEF_ALLOWED_HOSTS must name hosts"):
        settings(monkeypatch, LEGRELIEF_ALLOWED_HOSTS=value)


@pytest.mark.parametrize(
    "value",
    ["example.org", "ftp://example.org", "https://", "https://a.example/", "https://a.example b"],
)
def test_what_is_not_an_origin_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match="LEGRELIEF_CSRF_TRUSTED_ORIGINS must hold"):
        settings(monkeypatch, LEGRELIEF_CSRF_TRUSTED_ORIGINS=value)


def test_every_way_to_write_a_host_or_an_origin_is_understood(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hosts = ["a.example", ".b.example", "localhost", "192.0.2.1", "[::1]", "*"]
    origins = ["https://a.example", "http://[::1]:8000", "https://*.b.example"]
    made = settings(
        monkeypatch,
        LEGRELIEF_ALLOWED_HOSTS=",".join(hosts).upper(),
        LEGRELIEF_CSRF_TRUSTED_ORIGINS=",".join(origins),
    )
    assert made["ALLOWED_HOSTS"] == hosts
    assert made["CSRF_TRUSTED_ORIGINS"] == origins


def test_a_blank_value_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings(monkeypatch, LEGRELIEF_DEBUG=" ", LEGRELIEF_ENV="")["DEBUG"] is False


def test_a_server_opened_to_the_network_answers_under_any_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "*" not in settings(monkeypatch)["ALLOWED_HOSTS"]
    assert settings(monkeypatch, HOST="0.0.0.0")["ALLOWED_HOSTS"] == ["*"]


@pytest.mark.parametrize("value", ["0", "65536", "80a", "-1", "٣"])
def test_a_number_out_of_range_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("PORT", value)
    with pytest.raises(ImproperlyConfigured, match="PORT must be a whole number from 1 to 65535"):
        env.number("PORT", 1, 65535)


def database(monkeypatch: pytest.MonkeyPatch, url: str, root: Path = ROOT) -> dict[str, Any]:
    monkeypatch.setenv("DATABASE_URL", url)
    return env.database("DATABASE_URL", root)


def test_a_password_may_hold_any_character(monkeypatch: pytest.MonkeyPatch) -> None:
    made = database(monkeypatch, "postgres://us%40er:p%40ss%2Fw%25@db.example:6432/guide%20one")
    assert made["USER"] == "us@er"
    assert made["PASSWORD"] == "p@ss/w%"
    assert made["HOST"] == "db.example"
    assert made["PORT"] == "6432"
    assert made["NAME"] == "guide one"


def test_the_query_of_an_address_becomes_connection_options(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = database(monkeypatch, "postgresql:///guide?host=/run/postgresql&sslmode=require")
    assert made["HOST"] == ""
    assert made["OPTIONS"].items() >= {"host": "/run/postgresql", "sslmode": "require"}.items()


def test_postgresql_connections_stay_open_and_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    made = database(monkeypatch, "postgres://db.example/guide")
    assert made["CONN_MAX_AGE"] is None
    assert made["CONN_HEALTH_CHECKS"] is True


def test_a_postgresql_that_does_not_answer_is_given_up_soon(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = database(monkeypatch, "postgres://db.example/guide")
    assert made["OPTIONS"] == {
        "connect_timeout": "3",
        "tcp_user_timeout": "10000",
        "keepalives_idle": "10",
        "keepalives_interval": "5",
    }
    made = database(monkeypatch, "postgres://db.example/guide?connect_timeout=9")
    assert made["OPTIONS"]["connect_timeout"] == "9"


def test_a_relative_database_file_lies_in_the_project_and_its_folder_is_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = database(monkeypatch, "sqlite:///new/guide.sqlite3", tmp_path)
    assert made["NAME"] == tmp_path / "new" / "guide.sqlite3"
    assert (tmp_path / "new").is_dir()


def test_an_absolute_database_file_stays_where_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = database(monkeypatch, f"sqlite:///{tmp_path}/guide.sqlite3")
    assert made["NAME"] == tmp_path / "guide.sqlite3"


def test_sqlite_waits_its_turn_to_write(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = database(monkeypatch, f"sqlite:///{tmp_path}/guide.sqlite3")
    assert made["CONN_MAX_AGE"] is None
    assert made["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in made["OPTIONS"]["init_command"]


def test_what_sqlite_has_said_to_be_saved_outlives_a_power_cut(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = database(monkeypatch, f"sqlite:///{tmp_path}/guide.sqlite3")
    assert "synchronous=FULL" in made["OPTIONS"]["init_command"]


@pytest.mark.parametrize(
    "url",
    [
        "guide.sqlite3",
        "sqlite://guide.sqlite3",
        "sqlite:///",
        "sqlite:///:memory:",
        "mysql://user:hunter2@db.example/guide",
        "postgres://user:hunter2@db.example",
        "postgres://user:hunter2@db.example/a/b",
        "postgres://user:hunter2@db.example:port/guide",
        "postgres://user:hunter2@[db.example/guide",
    ],
)
def test_a_database_address_without_meaning_is_refused_without_repeating_it(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as refused:
        database(monkeypatch, url)
    assert "hunter2" not in str(refused.value)


def test_a_folder_that_cannot_be_made_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ImproperlyConfigured, match=r"DATABASE_URL: cannot make .*file"):
        database(monkeypatch, "sqlite:///file/guide.sqlite3", tmp_path)


def test_an_address_of_a_cache_means_redis(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "locmem" in env.cache("CACHE_URL")["BACKEND"]
    monkeypatch.setenv("CACHE_URL", "redis://:p%40ss@cache.example:6379/1")
    assert env.cache("CACHE_URL") == {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://:p%40ss@cache.example:6379/1",
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }


@pytest.mark.parametrize(
    ("name", "url"),
    [("DATABASE_URL", "postgres://db.example/guide"), ("CACHE_URL", "redis://cache.example")],
)
def test_a_missing_package_says_where_to_find_it(
    monkeypatch: pytest.MonkeyPatch, name: str, url: str
) -> None:
    monkeypatch.setattr(env, "find_spec", lambda _: None)
    monkeypatch.setenv(name, url)
    with pytest.raises(ImproperlyConfigured, match=f"{name} needs .*requirements-scale.txt"):
        env.database(name, ROOT) if name == "DATABASE_URL" else env.cache(name)


def test_every_variable_is_described_once() -> None:
    names = [variable.name for variable in env.VARIABLES]
    assert len(names) == len(set(names))
    assert all(variable.meaning.endswith(".") for variable in env.VARIABLES)


@pytest.mark.parametrize(
    ("environment", "value", "on"),
    [
        ({}, "", False),
        ({}, "true", True),
        (PRODUCTION, "", True),
        (PRODUCTION, "false", False),
    ],
)
def test_a_second_person_checks_in_production_unless_it_is_said_otherwise(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], value: str, on: bool
) -> None:
    made = settings(monkeypatch, **environment, LEGRELIEF_FOUR_EYES=value)
    assert made["FOUR_EYES"] is on


def test_four_eyes_are_not_closed_by_a_typo(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match="LEGRELIEF_FOUR_EYES must be true or false"):
        settings(monkeypatch, **PRODUCTION, LEGRELIEF_FOUR_EYES="of")
