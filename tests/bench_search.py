"""How fast a search is among 10,000 and 100,000 sections; `make bench` prints it.

The sections are made up, 90 to 260 words each, of 12,000 words that are as uneven as those of a
language (Zipf), and written straight to the table. A search is the whole of it: its words are
compared with all words of the guide, the best of each group are found, marked and cut. The
figures are CPU time in this process, the median of many searches, each with other words.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from statistics import median
from time import process_time

from django.db import connection

from guide.models import SearchDocument, SearchWord
from guide.reading.live import forget, live
from guide.reading.search import search

SIZES = (10_000, 100_000)
WORDS = 12_000
SEARCHES = 60
SYLLABLES = ("ba", "do", "ki", "lu", "me", "no", "pa", "re", "si", "tu", "va", "zo", "ga", "he")
#: Milliseconds at each size.
GOALS = {"two common words": (5, 30), "two rare words": (1, 1)}


def print_search() -> None:
    """Fill the index, search, and print a table."""
    chance = random.Random(1)
    words = [*_made_up(chance)]
    SearchDocument.objects.all().delete()
    SearchWord.objects.all().delete()
    print(f"\n{'search, CPU ms':24}" + "".join(f"{f'{size:,} sections':>20}" for size in SIZES))
    rows: dict[str, list[float]] = {}
    held: Counter[str] = Counter()
    for size in SIZES:
        filled = process_time()
        _fill(size, words, held, chance)
        filled = process_time() - filled
        rows.setdefault("filling it, seconds", []).append(filled)
        for name, ask in _searches(held, size).items():
            rows.setdefault(name, []).append(_measure(ask, random.Random(2)))
    for name, figures in rows.items():
        goals = "".join(f"  goal {goal}" for goal in GOALS.get(name, ()))
        print(f"{name:24}" + "".join(f"{figure:>20.2f}" for figure in figures) + goals)


def _made_up(chance: random.Random) -> Iterator[str]:
    seen = set[str]()
    while len(seen) < WORDS:
        word = "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) + chance.choice("bdglmt")
        if word not in seen:
            seen.add(word)
            yield word


def _fill(size: int, words: Sequence[str], held: Counter[str], chance: random.Random) -> None:
    """Add sections until there are so many."""
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(WORDS)))

    def some(count: int) -> list[str]:
        return chance.choices(words, cum_weights=weights, k=count)

    for start in range(SearchDocument.objects.count(), size, 1000):
        batch = []
        for number in range(start, start + 1000):
            title, body = some(4), some(chance.randint(90, 260))
            held.update({*title, *body})
            text = " ".join(title)
            batch.append(
                SearchDocument(
                    unit=f"section/{number}",
                    kind="section",
                    page="ease-a-cramp",
                    anchor=str(number),
                    area="read",
                    title=text,
                    asked=text,
                    body=" ".join(body),
                )
            )
        SearchDocument.objects.bulk_create(batch)
    SearchWord.objects.all().delete()
    SearchWord.objects.bulk_create(
        [SearchWord(word=word, documents=count) for word, count in held.items()], batch_size=500
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    forget()


def _searches(held: Counter[str], size: int) -> dict[str, Callable[[random.Random], str]]:
    common = [word for word, count in held.items() if count > size / 4]
    rare = [word for word, count in held.items() if count < size / 250]
    sections = SearchDocument.objects.values_list("body", flat=True)[: size // 2 : size // 200]
    found = (set(body.split()).intersection(rare) for body in sections)
    together = [sorted(words) for words in found if len(words) > 1]
    return {
        "two common words": lambda chance: " ".join(chance.sample(common, 2)),
        "two rare words": lambda chance: " ".join(chance.sample(chance.choice(together), 2)),
        "two never together": lambda chance: " ".join(chance.sample(rare, 2)),
        "a common and a rare one": lambda chance: f"{chance.choice(common)} {chance.choice(rare)}",
        "one common word": lambda chance: chance.choice(common),
        "a word half typed": lambda chance: chance.choice(rare)[:5],
        "a typo": lambda chance: f"{chance.choice(common)} q{chance.choice(rare)}",
        "nothing": lambda chance: f"qxqxqx{chance.randint(1, 999)}",
    }


def _measure(ask: Callable[[random.Random], str], chance: random.Random) -> float:
    now = live()
    search(now, "warm")
    spent = []
    for _ in range(SEARCHES):
        asked = ask(chance)
        start = process_time()
        search(now, asked)
        spent.append((process_time() - start) * 1000)
    return median(spent)
