"""Pages as schema.org describes them, for search engines and other machines.

Addresses are paths, such as /guide/, until `document` puts the address of the site before
them. Only what is true is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from guide.pages.checks import Checked

#: A thing by its type and its properties, as JSON-LD writes it.
Thing = dict[str, Any]

NAME = "LegRelief"
#: Properties that hold an address.
ADDRESSES = frozenset({"@id", "url", "image", "logo", "urlTemplate"})
#: The pages that have pages below them, by path.
FOLDERS = {
    "/": NAME,
    "/guide/": "Guide",
    "/stretches/": "Stretches",
    "/routines/": "Routines",
    "/about/": "About",
}
SITE, MAKER = "/#site", "/#maker"


def web_page() -> Thing:
    """Return a page of which no more is to be said than its name, its words and its place."""
    return {"@type": "WebPage"}


def medical_page(checked: Checked, updated: datetime) -> Thing:
    """Return a page of health information that was checked and changed so."""
    return {"@type": "MedicalWebPage", **dated(checked, updated)}


def dated(checked: Checked, updated: datetime) -> Thing:
    """Return when a page was changed, and when and by whom reviewed, if it ever was."""
    day = {"dateModified": updated.date().isoformat()}
    if not checked["by"]:
        return day
    return {**day, "lastReviewed": checked["on"], "reviewedBy": _person(checked["by"])}


def _person(who: str) -> Thing:
    """Return a name and, after its first comma, a role."""
    name, _, role = who.partition(", ")
    return {"@type": "Person", "name": name, **({"jobTitle": role} if role else {})}


def faq_page(asked: Sequence[tuple[str, str, str]]) -> Thing:
    """Return a page of questions, each by its address, its words and its answer."""
    return {
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "url": address,
                "name": question,
                "acceptedAnswer": {"@type": "Answer", "text": answer},
            }
            for address, question, answer in asked
        ],
    }


def how_to(name: str, description: str, steps: Sequence[str], *, seconds: int, tool: str) -> Thing:
    """Return something to do step by step. No seconds: it takes as long as it takes."""
    done: Thing = {
        "@type": "HowTo",
        "name": name,
        "description": description,
        "step": [
            {"@type": "HowToStep", "position": number, "text": text}
            for number, text in enumerate(steps, start=1)
        ],
    }
    if seconds:
        done["totalTime"] = duration(seconds)
    if tool:
        done["tool"] = {"@type": "HowToTool", "name": tool}
    return done


def duration(seconds: int) -> str:
    """Return seconds as ISO 8601 writes them: PT1M30S."""
    minutes, rest = divmod(seconds, 60)
    return f"PT{f'{minutes}M' if minutes else ''}{f'{rest}S' if rest or not minutes else ''}"


def web_site(search: str) -> Thing:
    """Return the site, with the address at which it is searched."""
    return {
        "@type": "WebSite",
        "@id": SITE,
        "url": "/",
        "name": NAME,
        "inLanguage": "en-US",
        "publisher": {"@id": MAKER},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{words}}"},
            "query-input": "required name=words",
        },
    }


def maker(logo: str) -> Thing:
    """Return who makes the site."""
    return {"@type": "Organization", "@id": MAKER, "url": "/", "name": NAME, "logo": logo}


def trail(path: str, name: str) -> Thing:
    """Return the way from the home page to a page, by the folders of its path."""
    above = [(folder, words) for folder, words in FOLDERS.items() if path.startswith(folder)]
    way = [*((folder, words) for folder, words in above if folder != path), (path, name)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": words, "item": {"@id": address}}
            for number, (address, words) in enumerate(way, start=1)
        ],
    }


def document(site: str, path: str, page: Thing, more: Sequence[Thing] = ()) -> Thing:
    """Return all that is said of the page at a path of a site, and what it needs beside it.

    The page has its name, its description and its image.
    """
    described: Thing = {
        **page,
        "@id": path,
        "url": path,
        "inLanguage": "en-US",
        "isPartOf": {"@id": SITE},
    }
    if path != "/":
        described["breadcrumb"] = trail(path, page["name"])
    if isinstance(page.get("mainEntity"), dict):
        described["mainEntity"] = {**page["mainEntity"], "image": page["image"]}
    graph = [_placed(thing, site) for thing in (described, *more)]
    return {"@context": "https://schema.org", "@graph": graph}


def _placed(value: Any, site: str, key: str = "") -> Any:
    """Put the address of the site before every path of a thing."""
    if isinstance(value, dict):
        return {name: _placed(inner, site, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_placed(inner, site, key) for inner in value]
    return f"{site}{value}" if key in ADDRESSES and value.startswith("/") else value
