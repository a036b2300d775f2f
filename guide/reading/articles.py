"""Home, the index, articles and sections, each from live editions in two queries at most."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from django.db.models import Q, Subquery

from guide.models import GETTING_HELP, WARNING_SIGNS, Caution, Edition, Evidence, former
from guide.pages import articles
from guide.pages.articles import CareCard
from guide.pages.checks import Checked, together
from guide.reading.asked import Topic, every, inside, unit
from guide.reading.cards import (
    ArticleCard,
    CautionCard,
    Columns,
    RoutineCard,
    SectionCard,
    SourceCard,
    StretchCard,
    article_card,
    cautions,
    columns,
    of_kind,
    one_stretch,
    routine_card,
    rows,
    section_card,
    sources,
    stretch_card,
    with_own,
)
from guide.reading.everywhere import everywhere
from guide.reading.keeping import kept
from guide.reading.live import Live, NotLive, built, current, edition_of, names, since
from guide.reading.positions import Shown, completed, shown

#: Takeaways on the home page, and articles on a page of the index.
TAKEAWAYS, ON_A_PAGE = 3, 10


class HomePage(TypedDict):
    takeaways: list[ArticleCard]
    routines: list[RoutineCard]
    shown: list[Shown]
    #: About getting help; nothing if it is not live.
    help: ArticleCard | None


class IndexEntry(TypedDict):
    article: ArticleCard
    sections: list[SectionCard]


class IndexPage(TypedDict):
    entries: list[IndexEntry]
    number: int
    has_more: bool


class TipPage(TypedDict):
    slug: str
    action: str
    detail_html: str
    evidence: str
    evidence_label: str
    tonight: bool
    studied: str
    stretch: StretchCard | None
    cautions: list[CautionCard]


class SectionPage(TypedDict):
    slug: str
    #: What it was called before: old links lead here by these.
    former: list[str]
    article: str
    title: str
    in_short: str
    body_html: str
    picture: str
    #: Those it names, and their versions for positions in which none of them is done.
    stretches: list[StretchCard]
    shown: list[Shown]
    care_cards: list[CareCard]
    tips: list[TipPage]
    #: The cautions of its tips that hide advice: shown once, before the tips.
    not_if: list[CautionCard]
    sources: list[SourceCard]
    checked: Checked
    updated: datetime


class ArticlePage(TypedDict):
    slug: str
    title: str
    summary: str
    intro_html: str
    takeaway: str
    sections: list[SectionPage]
    sources: list[SourceCard]
    related: list[ArticleCard]
    previous: ArticleCard | None
    next: ArticleCard | None
    checked: Checked
    updated: datetime


@kept
def home(live: Live) -> HomePage:
    found = columns(live, "routine", "stretch", units=[("article", GETTING_HELP)])
    chosen = rows(live, every("article"), where=Q(parent="", card__on_home=True), most=TAKEAWAYS)
    routines = [routine_card(row, found) for row in of_kind(found, "routine")]
    about_help = found.get(("article", current("article", GETTING_HELP)))
    return HomePage(
        takeaways=[card for card in map(article_card, chosen) if card["takeaway"]],
        routines=routines,
        shown=shown(routines),
        help=article_card(about_help) if about_help else None,
    )


@kept
def index(live: Live, number: int) -> IndexPage:
    """Return a page of articles with their sections, in order. Raises NotLive past the last."""
    past = (number - 1) * ON_A_PAGE
    articles = rows(live, every("article"), where=Q(parent=""), most=ON_A_PAGE + 1, past=past)
    if past and not articles:
        raise NotLive(number)
    listed = [article_card(row) for row in articles[:ON_A_PAGE]]
    below: dict[str, list[SectionCard]] = {card["slug"]: [] for card in listed}
    for row in rows(live, *parts(*below)):
        below[row["parent"]].append(section_card(row))
    return IndexPage(
        entries=[IndexEntry(article=card, sections=below[card["slug"]]) for card in listed],
        number=number,
        has_more=len(articles) > ON_A_PAGE,
    )


@kept
def article(live: Live, slug: str) -> ArticlePage:
    """Return an article with its sections. Raises NotLive."""
    own = live.of(unit("article", slug), *parts(slug))
    editions = list(own.order_by("kind", "order", "slug"))
    if not editions or editions[0].kind != "article":
        raise NotLive(slug)
    shell, *sections = editions
    return article_page(shell, sections, _found(live, shell, sections))


def article_as(live: Live, shell: Edition) -> ArticlePage:
    """Return an article, with the sections that are live, as it reads if an edition is live."""
    found = live.of(*parts(built(shell)["slug"]))
    sections = list(found.order_by("order", "slug"))
    return article_page(shell, sections, with_own(_found(live, shell, sections), shell))


def parts(*slugs: str) -> list[Topic]:
    """Return where the sections of articles are, which may name them by a former address."""
    known = names()
    before = [old for slug in slugs for old in former(known, "article", slug)]
    return [inside("section", name) for name in (*slugs, *before)]


def _found(live: Live, shell: Edition, sections: Sequence[Edition]) -> Columns:
    """Return the list columns of an article, of what is beside it, and of what they point to."""
    page: articles.Article = built(shell)
    units = [("source", slug) for slug in page["sources"]] + _references(sections)
    units += [("article", slug) for slug in (page["slug"], *page["related"])]
    return columns(live, "stretch", units=units, also=_beside(live, shell))


def _beside(live: Live, shell: Edition) -> Q:
    """Find the articles before and after one, without a look at all the others."""
    others = live.of(every("article")).filter(parent="").exclude(slug=shell.slug)
    order, slug = shell.order, shell.slug
    before = others.filter(Q(order__lt=order) | Q(slug__lt=slug), order__lte=order)
    after = others.filter(Q(order__gt=order) | Q(slug__gt=slug), order__gte=order)
    last = before.order_by("-parent", "-order", "-slug").values("pk")[:1]
    first = after.order_by("parent", "order", "slug").values("pk")[:1]
    return Q(pk=Subquery(last)) | Q(pk=Subquery(first))


def article_page(shell: Edition, sections: Sequence[Edition], found: Columns) -> ArticlePage:
    """Return an article from its editions and what they point to."""
    page: articles.Article = built(shell)
    shelf = [article_card(row) for row in of_kind(found, "article")]
    # Others on the shelf are no nearer than what is beside it.
    place = next(number for number, card in enumerate(shelf) if card["slug"] == page["slug"])
    parts = [_section(edition, found) for edition in sections]
    return ArticlePage(
        slug=page["slug"],
        title=page["title"],
        summary=page["summary"],
        intro_html=page["intro_html"],
        takeaway=page["takeaway"],
        sections=parts,
        sources=sources(page["sources"], found),
        related=[card for card in shelf if card["slug"] in page["related"]],
        previous=shelf[place - 1] if place else None,
        next=shelf[place + 1] if place + 1 < len(shelf) else None,
        checked=together([page["checked"], *(part["checked"] for part in parts)]),
        updated=max(map(since, [shell, *sections])),
    )


@kept
def section(live: Live, slug: str) -> SectionPage:
    """Return one section by itself. Raises NotLive."""
    return section_as(live, edition_of(live, "section", slug))


def section_as(live: Live, edition: Edition) -> SectionPage:
    """Return a section as it reads if an edition is live."""
    return _section(edition, columns(live, "stretch", units=_references([edition])))


def warning_signs(live: Live) -> SectionPage:
    """Return the section that the help page is made of. Raises NotLive."""
    return section(live, WARNING_SIGNS)


def warning_cards(live: Live) -> list[CareCard]:
    """Return the cards of the warning signs, most urgent first; nothing if they are not live."""
    pages: list[articles.Section] = [
        built(edition) for edition in everywhere(live) if edition.kind == "section"
    ]
    return [card for page in pages for card in page["care_cards"]]


def care_cards(live: Live, slug: str) -> list[CareCard]:
    """Return when to get which help by a section; nothing if it is not live."""
    try:
        page: articles.Section = built(edition_of(live, "section", slug))
    except NotLive:
        return []
    return page["care_cards"]


def _references(editions: Sequence[Edition]) -> list[tuple[str, str]]:
    """Return the sources and cautions that these sections and their tips point to."""
    units: list[tuple[str, str]] = []
    for edition in editions:
        page: articles.Section = built(edition)
        units += [("source", slug) for slug in page["sources"]]
        for tip in page["tips"]:
            units += [("caution", slug) for slug in tip["cautions"]]
    return units


def _section(edition: Edition, found: Columns) -> SectionPage:
    page: articles.Section = built(edition)
    named = [row for row in of_kind(found, "stretch") if row["slug"] in page["stretches"]]
    stretches = completed([stretch_card(row) for row in named], found)
    return SectionPage(
        slug=page["slug"],
        former=former(names(), "section", page["slug"]),
        article=page["article"],
        title=page["title"],
        in_short=page["in_short"],
        body_html=page["body_html"],
        picture=page["picture"],
        stretches=stretches,
        shown=shown(stretches),
        care_cards=page["care_cards"],
        tips=[_tip(tip, found) for tip in page["tips"]],
        not_if=_not_if(page, found),
        sources=sources(page["sources"], found),
        checked=page["checked"],
        updated=since(edition),
    )


def _not_if(page: articles.Section, found: Columns) -> list[CautionCard]:
    carried = dict.fromkeys(slug for tip in page["tips"] for slug in tip["cautions"])
    return [card for card in cautions(carried, found) if card["effect"] == Caution.Effect.HIDE]


def _tip(tip: articles.Tip, found: Columns) -> TipPage:
    return TipPage(
        slug=tip["slug"],
        action=tip["action"],
        detail_html=tip["detail_html"],
        evidence=tip["evidence"],
        evidence_label=Evidence(tip["evidence"]).label,
        tonight=tip["tonight"],
        studied=tip["studied"],
        stretch=one_stretch(tip["stretch"], found),
        cautions=cautions(tip["cautions"], found),
    )
