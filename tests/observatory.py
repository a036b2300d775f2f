"""What MDN's HTTP Observatory says of the headers, over TLS as in production: `make observatory`.

It looks at ports 80 and 443 of one name and at nothing else, so this needs both of them free on
localhost, and the right to use them. The certificate is made for this run. The table goes to
docs/observatory.md, and all that was found to var/observatory.json.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "tests" / "npm-observatory" / "node_modules" / "@mdn" / "mdn-http-observatory"
RAW = ROOT / "var" / "observatory.json"
REPORT = ROOT / "docs" / "observatory.md"
NAME = "localhost"
WANTED = 130
HEAD = """# What the HTTP Observatory says

Written by `make observatory`, with MDN's own package, {version}: **{grade}, {score} points**, where
100 is the most that counts and more is a bonus. The server is gunicorn with the settings of
production, over TLS, with plain HTTP beside it.

| Test | Points | Result |
| --- | --- | --- |
"""


def main() -> None:
    if not PACKAGE.exists():
        sys.exit("The Observatory is not installed: run `npm ci --ignore-scripts` in its folder.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legrelief.settings")
    django.setup()
    from tests.served import served

    # A list of names that browsers know; ours is not on it. The package would fetch it.
    (PACKAGE / "conf" / "hsts-preload.json").write_text("{}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with served(folder) as prepared:
            database = prepared.database
        certificate(folder)
        with ExitStack() as both:
            tls = ["--certfile", "site.pem", "--keyfile", "site.key"]
            both.enter_context(production(folder, database, 443, *tls))
            both.enter_context(production(folder, database, 80))
            found = scanned(folder / "site.pem")
    RAW.parent.mkdir(exist_ok=True)
    RAW.write_text(json.dumps(found, indent=1))
    text = "\n".join(report(found))
    REPORT.write_text(text, encoding="utf-8")
    print(text)
    if found["scan"]["score"] < WANTED:
        sys.exit(f"That is less than {WANTED} points.")


def certificate(folder: Path) -> None:
    """Make a certificate for a day, which nobody but this run believes."""
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    made += ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    made += ["-keyout", f"{folder}/site.key", "-out", f"{folder}/site.pem"]
    subprocess.run(made, check=True, capture_output=True)


@contextmanager
def production(folder: Path, database: Path, port: int, *more: str) -> Iterator[None]:
    """Serve with the settings of production, in a copy of the project that is prepared."""
    command = [sys.executable, "-m", "gunicorn", "legrelief.wsgi", "--no-control-socket"]
    process = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}", "--log-level", "warning", *more],
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "DATABASE_URL": f"sqlite:///{database}",
            "LEGRELIEF_ENV": "production",
            "LEGRELIEF_SECRET_KEY": "x" * 50,
            "LEGRELIEF_ALLOWED_HOSTS": NAME,
        },
    )
    try:
        time.sleep(5)
        if process.poll() is not None:
            sys.exit(f"Cannot serve on port {port}: is it free, and may you use it?")
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def scanned(trusted: Path) -> dict[str, Any]:
    """Have the site looked at. The package's own command would trust no certificate of ours."""
    done = subprocess.run(
        ["node", "src/scan.js", NAME],
        cwd=PACKAGE,
        env={**os.environ, "NODE_EXTRA_CA_CERTS": str(trusted)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode:
        sys.exit(f"The Observatory could not look at the site: {done.stderr or done.stdout}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def report(found: dict[str, Any]) -> Iterator[str]:
    version = json.loads((PACKAGE / "package.json").read_text())["version"]
    scan = found["scan"]
    yield HEAD.format(version=version, grade=scan["grade"], score=scan["score"])[:-1]
    for name, test in found["tests"].items():
        yield f"| {name} | {test['scoreModifier']:+d} | {test['result']} |"
    yield ""


if __name__ == "__main__":
    main()
