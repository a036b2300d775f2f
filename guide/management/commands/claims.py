from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guide.reading.claims import ClaimPage, Home, claims
from guide.reading.live import live


class Command(BaseCommand):
    help = "Where does the published guide say this, and on what evidence?"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "claim", nargs="*", help="such as C044: tell all about it; none: a line for each claim"
        )
        parser.add_argument(
            "--missing",
            action="store_true",
            help="fail if a claim is neither settled anywhere nor left out for a reason",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = {claim["slug"]: claim for claim in claims(live())}
        if not found:
            raise CommandError("No claim is published.")
        wanted = [slug.lower() for slug in options["claim"]] or list(found)
        unknown = [slug.upper() for slug in wanted if slug not in found]
        if unknown:
            raise CommandError(f"No such claim is published: {', '.join(unknown)}")
        shown = [found[slug] for slug in wanted]
        if options["missing"]:
            shown = [claim for claim in shown if not claim["homes"] and not claim["left_out"]]
        for claim in shown:
            self.stdout.write("\n".join(_in_full(claim)) if options["claim"] else _line(claim))
        if options["missing"] and shown:
            raise CommandError(f"{len(shown)} of {len(found)} claims have no home and no reason.")


def _line(claim: ClaimPage) -> str:
    places = "; ".join(map(_place, claim["homes"])) or _without_home(claim)
    return f"{claim['slug'].upper()}  {claim['verdict']:<12}  {places}"


def _in_full(claim: ClaimPage) -> Iterator[str]:
    yield f"{claim['slug'].upper()}  {claim['text']}"
    yield f"  verdict: {claim['verdict_label']}"
    for source in claim["sources"]:
        yield f"  source: {source['slug'].upper()} {source['publisher']}: {source['title']}"
    for home in claim["homes"]:
        yield f"  {_place(home)}  “{home['title']}”"
    if not claim["homes"]:
        yield f"  {_without_home(claim)}"


def _place(home: Home) -> str:
    if not home["tip"]:
        return f"{home['kind']} {home['address']}"
    return f"tip {home['address']} {home['tip']} ({home['evidence_label']})"


def _without_home(claim: ClaimPage) -> str:
    return f"left out: {claim['left_out']}" if claim["left_out"] else "NOWHERE"
