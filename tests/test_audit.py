"""What `make audit` calls wrong, on packages made for it; the real ones are for the command."""

from __future__ import annotations

import base64
import hashlib
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path

import pytest

from tests import audit

HASH = f"--hash=sha256:{'a' * 64}"
LOCK = f"""\
django==5.2.19 \\
    {HASH} \\
    {HASH}
    # via
    #   -c requirements.txt
    #   -r requirements.in
    #   django-otp
only-there==1.0 ; sys_platform == 'nowhere' \\
    {HASH}
    # via redis
"""


def test_a_lock_file_is_read_with_hashes_and_who_requires_what() -> None:
    assert audit.locked(LOCK) == {
        "django": audit.Locked("5.2.19", "", 2, ("-r requirements.in", "django-otp")),
        "only-there": audit.Locked("1.0", "sys_platform == 'nowhere'", 1, ("redis",)),
    }


@pytest.mark.parametrize(
    ("installed", "problem"),
    [
        ({"django": "5.2.19"}, ""),
        ({"django": "5.2.19", "pip": "23.2"}, ""),
        ({"django": "5.2.18"}, "django: 5.2.18 installed, 5.2.19 locked"),
        ({}, "django: not installed, 5.2.19 locked"),
        ({"django": "5.2.19", "more": "1"}, "more: installed, and not locked"),
    ],
)
def test_what_is_installed_has_to_be_what_is_locked(
    installed: dict[str, str], problem: str
) -> None:
    assert "".join(audit.differences(audit.locked(LOCK), installed)) == problem


def test_a_package_without_a_hash_is_found() -> None:
    without = audit.locked("django==5.2.19\n    # via -r requirements.in\n")
    assert [*audit.differences(without, {"django": "5.2.19"})] == ["django: locked without a hash"]


@pytest.mark.parametrize(
    ("expression", "free"),
    [
        ("MIT", True),
        ("Apache-2.0 OR GPL-3.0-only", True),
        ("(MIT OR CC0-1.0)", True),
        ("MIT AND PSF-2.0", True),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-3.0-or-later", False),
        ("", False),
    ],
)
def test_a_licence_lets_anybody_do_as_they_like_or_somebody_has_looked_at_it(
    expression: str, free: bool
) -> None:
    assert (audit.licence_problem("some-package", expression) == "") is free


def test_a_licence_that_was_looked_at_may_not_change() -> None:
    assert not audit.licence_problem("hypothesis", "MPL-2.0")
    assert audit.licence_problem("hypothesis", "SSPL-1.0")


def test_a_licence_is_found_however_a_package_says_it() -> None:
    mit = "License :: OSI Approved :: MIT License"
    assert audit.licence({"License-Expression": "MIT", "License": "see file"}) == "MIT"
    assert audit.licence({"License": "BSD-3-Clause"}) == "BSD-3-Clause"
    assert audit.licence({"License": "Copyright 2020\nMany words"}, [mit]) == "MIT"
    assert audit.licence({}) == ""


def package(folder: Path, *metadata: str) -> Distribution:
    """Install a package of one file."""
    (folder / "one.py").write_text("safe = True\n")
    digest = hashlib.sha256(b"safe = True\n").digest()
    told = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    info = folder / "one-1.0.dist-info"
    info.mkdir()
    lines = ["Metadata-Version: 2.4", "Name: one", "Version: 1.0", "License-Expression: MIT"]
    (info / "METADATA").write_text("\n".join([*lines, *metadata]) + "\n\n")
    (info / "RECORD").write_text(f"one.py,sha256={told},12\none-1.0.dist-info/RECORD,,\n")
    return PathDistribution(info)


def test_a_sound_package_has_no_problem(tmp_path: Path) -> None:
    assert [*audit.package_problems(package(tmp_path, "Requires-Python: >=3.10"))] == []


def test_a_file_that_was_changed_after_it_was_installed_is_found(tmp_path: Path) -> None:
    found = package(tmp_path)
    (tmp_path / "one.py").write_text("safe = False\n")
    assert [*audit.package_problems(found)] == ["one: one.py is not as it was installed"]
    (tmp_path / "one.py").unlink()
    assert [*audit.package_problems(found)] == ["one: one.py is not as it was installed"]


def test_a_package_that_nobody_works_on_is_found(tmp_path: Path) -> None:
    found = package(tmp_path, f"Classifier: {audit.INACTIVE}")
    assert [*audit.package_problems(found)] == ["one: nobody works on it any more"]


def test_a_package_for_another_python_is_found(tmp_path: Path) -> None:
    (problem,) = audit.package_problems(package(tmp_path, "Requires-Python: >=3.12"))
    assert "wants Python >=3.12" in problem


def test_a_package_of_npm_needs_a_hash_and_a_licence() -> None:
    sound = {"integrity": "sha512-x", "license": "MIT"}
    packages = {"": {}, "node_modules/a": sound, "node_modules/a/node_modules/@b/c": {}}
    assert [*audit.npm_problems({"packages": packages})] == [
        "@b/c: locked without a hash",
        "@b/c: nobody has looked at its licence (none told)",
    ]
