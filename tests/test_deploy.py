"""deploy/ and docs/deploy.md fit what they are for. `make deploy-check` runs the files for real."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

from gunicorn.config import Config  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
STEPS = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")


def test_gunicorn_knows_every_setting_that_it_is_given() -> None:
    """It passes over one that it does not know."""
    found = runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))
    given = {name for name in found if name[0] != "_"} - {"annotations", "os"}
    assert given
    assert given <= Config().settings.keys()


def test_nginx_keeps_pages_where_it_can_make_the_folder() -> None:
    """It makes the last part of the path only, and Debian has no /var/cache/nginx."""
    (folder,) = re.findall(r"^proxy_cache_path (\S+)", NGINX, re.MULTILINE)
    assert Path(folder).parent == Path("/var/cache")


def test_a_certificate_is_got_and_renewed_while_nginx_serves() -> None:
    plain = NGINX[NGINX.index("listen 80;") : NGINX.index("listen 443")]
    (shown,) = re.findall(r"/.well-known/acme-challenge/ {\s+root (\S+);", plain)
    assert f"certbot certonly --webroot -w {shown} " in STEPS


def test_who_asks_too_much_is_not_told_that_the_guide_is_away() -> None:
    assert "limit_req_status 429;" in NGINX
    assert "limit_conn_status 429;" in NGINX


def test_a_cache_on_the_way_tells_packed_files_from_plain_ones() -> None:
    assert NGINX.count("gzip_static on;") == NGINX.count("gzip_vary on;") == 2


def test_the_copy_before_a_release_is_made_by_the_code_that_the_database_has() -> None:
    release = STEPS[STEPS.index("## A new release") : STEPS.index("## Several hosts")]
    order = ["guide backup", "git pull", "guide migrate", "systemctl reload"]
    assert [release.index(step) for step in order] == sorted(map(release.index, order))


def test_every_file_of_deploy_is_put_in_its_place() -> None:
    copied = re.findall(r"deploy/([\w.*-]+)", STEPS)
    used = {path.name for name in copied for path in DEPLOY.glob(name)} | {"gunicorn.conf.py"}
    assert {path.name for path in DEPLOY.iterdir() if path.is_file()} <= used
