"""An article of the guide against a blog page of Wagtail: `make bench-wagtail`.

Wagtail's own demo is not a package, so a page of the same parts is made in a project of `wagtail
start`: a menu from the tree of pages, the way to the page, six blocks of rich text, authors, tags
and a line at the foot. Wagtail comes fresh into a folder that is thrown away, with its production
settings and SQLite; nothing of it is kept in a cache, as in the demo. Both are served by gunicorn
with two sync workers and take turns, round by round; a ratio is the median over the rounds.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from tests import bench
from tests.bench_served import ARTICLE, ROUNDS, Case, Round, asked, serving

PAGE = Case("Wagtail's blog page", "wagtail", "/blog/post/", {})
CASES = (
    (Case("article", "guide", ARTICLE, {}), 60),
    (Case("article, something else published", "cold", ARTICLE, {"X-After": "elsewhere"}), 11),
    (Case("article, a part of it published", "cold", ARTICLE, {"X-After": "a part"}), 11),
    (Case("article, first in a process", "cold", ARTICLE, {"X-After": "start"}), 11),
)
MODELS = """
from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.blocks import CharBlock, RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page


class Foot(models.Model):
    words = models.CharField(max_length=200)


class Tagged(TaggedItemBase):
    content_object = ParentalKey("Post", related_name="tagged", on_delete=models.CASCADE)


class Author(Orderable):
    page = ParentalKey("Post", related_name="authors", on_delete=models.CASCADE)
    name = models.CharField(max_length=100)


class HomePage(Page):
    def get_context(self, request):
        return context_of(self, request)


class Post(Page):
    introduction = models.TextField()
    published = models.DateField()
    body = StreamField([("heading", CharBlock()), ("words", RichTextBlock())])
    tags = ClusterTaggableManager(through=Tagged)

    def get_context(self, request):
        return context_of(self, request)


def context_of(page, request):
    menu = page.get_site().root_page.get_children().live().in_menu()
    return {
        **Page.get_context(page, request),
        "menu": [(one, one.get_children().live().in_menu().exists()) for one in menu],
        "way": page.get_ancestors(inclusive=True).filter(depth__gt=1),
        "foot": Foot.objects.first(),
    }
"""
TEMPLATE = """{% extends "base.html" %}{% load wagtailcore_tags %}{% block content %}
<ul>{% for one, more in menu %}
<li><a href="{% pageurl one %}">{{ one }}</a>{% if more %}+{% endif %}{% endfor %}</ul>
<ol>{% for one in way %}<li><a href="{% pageurl one %}">{{ one }}</a>{% endfor %}</ol>
<h1>{{ page.title }}</h1><p>{{ page.introduction }}</p><p>{{ page.published }}</p>
{% for author in page.authors.all %}<p>{{ author.name }}</p>{% endfor %}
{% include_block page.body %}
{% for tag in page.tags.all %}<a href="/tags/{{ tag.slug }}/">{{ tag }}</a>{% endfor %}
<footer>{{ foot.words }}</footer>{% endblock %}
"""
FILL = """
from datetime import date
from home.models import Author, Foot, HomePage, Post
home = HomePage.objects.get()
Foot.objects.create(words="At the foot of every page.")
for number in range(5):
    home.add_child(instance=Post(title=f"Menu {number}", slug=f"menu-{number}", show_in_menus=True,
        introduction="In the menu.", published=date(2026, 1, 1), body=[]))
blog = home.add_child(instance=Post(title="Blog", slug="blog", show_in_menus=True,
    introduction="All posts.", published=date(2026, 1, 1), body=[]))
words = "<p>" + "Rest the leg, then <b>stretch</b> it <i>slowly</i>. " * 30 + "</p>"
post = Post(title="A post", slug="post", introduction="What it is about.",
    published=date(2026, 1, 1), body=[("heading", "A part"), ("words", words)] * 6)
post.authors = [Author(name="One"), Author(name="Two")]
post.tags.add("calf", "cramp", "night")
blog.add_child(instance=post)
"""
SETTINGS = '\nSECRET_KEY = "bench"\nALLOWED_HOSTS = ["*"]\n'


def main() -> None:
    wrk = shutil.which("wrk") or sys.exit("wrk is not installed.")
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        python, site = _wagtail(folder)
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        bench.set_up()
        own = {**os.environ, "DJANGO_SETTINGS_MODULE": "peer.settings.production"}
        servers = {
            "wagtail": stack.enter_context(
                serving("peer.wsgi", environment=own, python=python, folder=site)
            ),
            "guide": stack.enter_context(serving("legrelief.wsgi")),
            "cold": stack.enter_context(serving("tests.bench_cold")),
        }
        cases = (PAGE, *(case for case, _ in CASES))
        rounds = [
            [asked(wrk, case, *servers[case.server]) for case in cases] for _ in range(ROUNDS + 1)
        ][1:]  # the first one warms up
    _print(rounds)


def _wagtail(folder: Path) -> tuple[str, Path]:
    """Make a project with the page in it; return what runs it, and where it is."""
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    python, site = str(folder / "venv" / "bin" / "python"), folder / "peer"
    subprocess.run([python, "-m", "pip", "install", "-q", "wagtail", "gunicorn"], check=True)
    site.mkdir()
    start = "from wagtail.bin.wagtail import main; main()"
    subprocess.run([python, "-c", start, "start", "peer", site], check=True)
    (site / "home" / "models.py").write_text(MODELS)
    for page in ("post", "home_page"):
        (site / "home" / "templates" / "home" / f"{page}.html").write_text(TEMPLATE)
    with (site / "peer" / "settings" / "base.py").open("a") as settings:
        settings.write(SETTINGS)
    for words in ("makemigrations home", "migrate", "collectstatic --noinput"):
        _manage(python, site, *words.split())
    _manage(python, site, "shell", "-c", FILL)
    return python, site


def _manage(python: str, site: Path, *words: str) -> None:
    own = {**os.environ, "DJANGO_SETTINGS_MODULE": "peer.settings.production"}
    command = [python, "manage.py", *words]
    subprocess.run(command, cwd=site, env=own, check=True, stdout=subprocess.DEVNULL)


def _print(rounds: list[list[Round]]) -> None:
    (peer, *_) = zip(*rounds, strict=True)
    print("| Page | requests/s | rate x Wagtail | Goal |")
    print("| --- | --- | --- | --- |")
    print(f"| {PAGE.name} | {median(one.rate for one in peer):,.0f} | 1 | |")
    for place, (case, goal) in enumerate(CASES, start=1):
        rate = median(one[place].rate for one in rounds)
        ratio = median(one[place].rate / one[0].rate for one in rounds)
        print(f"| {case.name} | {rate:,.0f} | {ratio:.1f} | ≥ {goal} |")


if __name__ == "__main__":
    main()
