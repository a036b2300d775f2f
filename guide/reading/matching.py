"""One search as one statement, in the words of the database at hand.

What has all of the terms is found, or else what has some. Of what is found, what is called
exactly so comes first, then by how much it is about the terms: a word in the title weighs most.
Only what is shown is marked and cut to the passage that fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection

from guide.models import SearchDocument
from guide.pages.documents import MARKS

#: A term is a word or one of several phrases; a `*` at its end: whatever begins so.
Term = Sequence[Sequence[str]]

#: Past so many, putting all in order costs more than it tells.
RANKED = 20_000
#: How many of the best are looked at for each area: of what has all terms, and what has some.
BEST = {"all": 300, "some": 60}


class Dialect(NamedTuple):
    """How a database says it. Documents are `d`; `wanted` is a query with the terms."""

    table: str
    id: str
    matches: str
    score: str
    joined: str
    title: str
    passage: str


_SQLITE = Dialect(
    table="guide_search",
    id="guide_search.rowid",
    matches="guide_search MATCH %({wanted})s",
    score="bm25(guide_search, 10, 5, 1)",
    joined="JOIN guide_search ON guide_search.rowid = d.id AND guide_search MATCH %(some)s",
    title="highlight(guide_search, 0, char(2), char(3))",
    passage="snippet(guide_search, 2, char(2), char(3), '…', 28)",
)
_POSTGRESQL = Dialect(
    table="guide_searchdocument",
    id="guide_searchdocument.id",
    matches="found_by @@ to_tsquery('guide_search', %({wanted})s)",
    score="-ts_rank('{{0.1, 0.1, 0.5, 1}}', found_by, to_tsquery('guide_search', %({wanted})s), 1)",
    joined="",
    title="ts_headline('guide_search', d.title, to_tsquery('guide_search', %(some)s),"
    " %(marks)s || ', HighlightAll=true')",
    passage="ts_headline('guide_search', d.body, to_tsquery('guide_search', %(some)s),"
    " %(marks)s || ', MaxWords=28, MinWords=20')",
)


def find(terms: Sequence[Term], title: str, most: int, area: str = "") -> list[SearchDocument]:
    """Return at most so many documents of each area, or of one, the best first.

    Each has `marked` (its title), `passage` and `has_all`, whether all terms are in it.
    """
    sqlite = connection.vendor == "sqlite"
    write = _fts5 if sqlite else _tsquery
    params = {
        "all": write(terms, all_of=True),
        "some": write(terms, all_of=False),
        "title": title,
        "most": most,
        "area": area,
        "marks": "StartSel={}, StopSel={}".format(*MARKS),
    }
    sql = _statement(_SQLITE if sqlite else _POSTGRESQL)
    return list(SearchDocument.objects.raw(sql, params)) if terms else []


def _statement(say: Dialect) -> str:
    def matching(wanted: str, more: str = "") -> str:
        return f"""
            SELECT * FROM (SELECT * FROM (
                SELECT {say.id} AS id, {say.score.format(wanted=wanted)} AS score,
                    {int(wanted == "all")} AS has_all
                FROM {say.table} WHERE {say.matches.format(wanted=wanted)} {more} LIMIT {RANKED}
            ) AS ranked ORDER BY score, id LIMIT {BEST[wanted]}) AS {wanted}_of_them"""  # noqa: S608 (as below)

    none = f"SELECT 1 FROM {say.table} WHERE {say.matches.format(wanted='all')}"  # noqa: S608
    return f"""
        WITH best AS (
            {matching("all")} UNION ALL {matching("some", f"AND NOT EXISTS ({none})")} UNION ALL
            SELECT id, -1e9, 1 FROM guide_searchdocument WHERE asked = %(title)s
        ), once AS (
            SELECT id, min(score) AS score, min(has_all) AS has_all FROM best GROUP BY id
        ), placed AS (
            SELECT once.*, row_number() OVER (PARTITION BY area ORDER BY score, once.id) AS place
            FROM once JOIN guide_searchdocument ON guide_searchdocument.id = once.id
            WHERE %(area)s IN ('', area)
        )
        SELECT d.id, d.kind, d.page, d.anchor, d.within, d.area, d.title, d.card,
            placed.has_all, {say.title} AS marked, {say.passage} AS passage
        FROM placed JOIN guide_searchdocument d ON d.id = placed.id {say.joined}
        WHERE placed.place <= %(most)s ORDER BY placed.score, d.id
    """  # noqa: S608 (no word of a reader is in it)


def _fts5(terms: Sequence[Term], *, all_of: bool) -> str:
    def phrase(words: Sequence[str]) -> str:
        *_, last = words
        star = "*" if last.endswith("*") else ""
        return f'"{" ".join(words).removesuffix("*")}"{star}'

    either = (f"({' OR '.join(map(phrase, term))})" for term in terms)
    return (" AND " if all_of else " OR ").join(either)


def _tsquery(terms: Sequence[Term], *, all_of: bool) -> str:
    def phrase(words: Sequence[str]) -> str:
        quoted = (f"'{word[:-1]}':*" if word.endswith("*") else f"'{word}'" for word in words)
        return " <-> ".join(quoted)

    either = (f"({' | '.join(map(phrase, term))})" for term in terms)
    return (" & " if all_of else " | ").join(either)
