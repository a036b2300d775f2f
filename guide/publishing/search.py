"""The index that readers search: what is live, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from django.db import transaction
from django.utils import timezone

from guide.models import Edition, Moved, Names, Press, SearchDocument, SearchWord, former, renamed
from guide.pages.documents import documents
from guide.pages.terms import words_of

#: What has a picture and a dose among the results needs its list columns.
_PICTURED = {"stretch"}
_BATCH = 500


def index(*pressed: Edition) -> None:
    """Let readers find units as these editions have them; they are live from now on.

    An article's sections are found only while the article can be opened, and name it.
    """
    names = Moved.objects.names()
    articles = [one.slug for one in pressed if one.kind == "article"]
    known = [old for slug in articles for old in (slug, *former(names, "article", slug))]
    editions = [*pressed, *(_sections(known) if known else ())]
    above = {names.get(("article", one.parent), one.parent) for one in editions}
    shown = [one for one in editions if not one.withdrawn]
    old = SearchDocument.objects.filter(unit__in=list(map(_unit, editions)))
    new = list(_documents(shown, names, _titles(above)))
    counts = _counted(new)
    counts.subtract(_counted(old))
    old.delete()
    SearchDocument.objects.bulk_create(new, batch_size=_BATCH)
    _add_words(counts)


def _sections(articles: Collection[str]) -> Iterable[Edition]:
    return Edition.objects.live(timezone.now()).filter(kind="section", parent__in=articles)


@transaction.atomic
def refresh() -> int:
    """Make the whole index anew from what is live. Return how many documents it has."""
    Press.lock()
    SearchDocument.objects.all().delete()
    SearchWord.objects.all().delete()
    counts, total, batch = Counter[str](), 0, list[SearchDocument]()
    live = Edition.objects.live(timezone.now()).iterator()
    for document in _documents(live, Moved.objects.names(), _titles()):
        batch.append(document)
        total += 1
        if len(batch) == _BATCH:
            _store(batch, counts)
    _store(batch, counts)
    SearchWord.objects.bulk_create(
        [SearchWord(word=word, documents=count) for word, count in sorted(counts.items())],
        batch_size=_BATCH,
    )
    return total


def _store(batch: list[SearchDocument], counts: Counter[str]) -> None:
    SearchDocument.objects.bulk_create(batch)
    counts.update(_counted(batch))
    batch.clear()


def _titles(slugs: Collection[str] | None = None) -> dict[str, str]:
    """Return the titles of live articles by their slugs: of these, or of all."""
    articles = Edition.objects.live(timezone.now()).filter(kind="article")
    found = articles if slugs is None else articles.filter(slug__in=slugs)
    return dict(found.values_list("slug", "title"))


def _documents(
    editions: Iterable[Edition], names: Names, shells: Mapping[str, str]
) -> Iterator[SearchDocument]:
    for edition in editions:
        shell = shells.get(names.get(("article", edition.parent), edition.parent))
        if edition.kind == "section" and shell is None:
            continue
        for document in documents(edition.kind, renamed(edition.rows, names)):
            within = edition.title if document["kind"] == "tip" else shell or ""
            yield SearchDocument(
                unit=_unit(edition),
                within=within,
                asked=" ".join(words_of(document["title"]))[:300],
                card=edition.card if edition.kind in _PICTURED else {},
                **document,
            )


def _unit(edition: Edition) -> str:
    return f"{edition.kind}/{edition.slug}"


def _counted(found: Iterable[SearchDocument]) -> Counter[str]:
    """Return for each word in how many of these documents it is."""
    return Counter(word for document in found for word in _words(document))


def _words(document: SearchDocument) -> set[str]:
    text = f"{document.title} {document.keywords} {document.body}"
    return {word for word in words_of(text) if len(word) > 2 and word.isalpha() and len(word) <= 60}


def _add_words(counts: Counter[str]) -> None:
    """Add to the words that are known already, and forget those that no document has now."""
    changed = {word: count for word, count in counts.items() if count}
    known = {row.word: row.documents for row in SearchWord.objects.filter(word__in=list(changed))}
    total = {word: known.get(word, 0) + count for word, count in changed.items()}
    SearchWord.objects.filter(
        word__in=[word for word, count in total.items() if count <= 0]
    ).delete()
    SearchWord.objects.bulk_create(
        [SearchWord(word=word, documents=count) for word, count in total.items() if count > 0],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["word"],
        update_fields=["documents"],
    )
