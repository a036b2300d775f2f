"""Write a blog of one post, with its pictures, into an empty database."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from django.core.files.images import ImageFile
from peer.models import (
    Authorship,
    BlogIndexPage,
    BlogPage,
    Foot,
    HomePage,
    Links,
    Name,
    Person,
)
from PIL import Image as Pixels
from wagtail.images.models import Image
from wagtail.models import Page, Site

MENU = ("Stretches", "Places", "Recipes", "Gallery", "People", "Write to us", "About")
PICTURES = (
    "A dark bedroom with a lamp and two blankets",
    "A hand on a calf that is stretched",
    "A heel that hangs over the edge of a step",
    "A woman who looks into the camera and smiles",
)
SENTENCE = "Rest the leg, then <b>stretch</b> it <i>slowly</i>, and breathe out while you do. "
LINK = '<a href="https://example.org/">More about this</a> is kept elsewhere. '


def main() -> None:
    top, calf, heel, face = (_picture(words) for words in PICTURES)
    home = _home()
    Foot.objects.create(words="<p>Made by <b>The Sleeping Leg</b>.<br/><i>Sleep well.</i></p>")
    Links.objects.create(**dict.fromkeys(("code", "news", "home"), "https://example.org/"))
    Name.objects.create(site=Site.objects.get(), title_suffix="The Sleeping Leg")
    for title in MENU:
        home.add_child(instance=BlogIndexPage(title=title, show_in_menus=True))
    blog = home.add_child(instance=BlogIndexPage(title="Blog", slug="blog", show_in_menus=True))
    post = BlogPage(
        title="Legs and Blankets",
        slug="post",
        subtitle="The art of lying still",
        introduction="What helps a leg that aches at night, in the words of those who tried. " * 3,
        image=top,
        published=date(2026, 2, 14),
        body=[
            ("paragraph", f"<p>{SENTENCE * 6}</p>"),
            ("picture", {"image": calf, "caption": "A calf", "credit": "The Sleeping Leg"}),
            ("paragraph", f"<p>{SENTENCE * 3}{LINK}{SENTENCE * 3}</p>"),
            ("picture", {"image": heel, "caption": "A heel", "credit": "The Sleeping Leg"}),
        ],
    )
    person = Person.objects.create(first_name="Ada", last_name="Long", work="Writer", image=face)
    post.authorships = [Authorship(person=person)]
    post.tags.add("calf", "cramp", "night")
    blog.add_child(instance=post)


def _home() -> HomePage:
    """Put a home page where a new database has a page of welcome."""
    Page.objects.get(depth=2).delete()
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Home", slug="home"))
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return home


def _picture(words: str) -> Image:
    drawn = Pixels.effect_mandelbrot((2000, 1300), (-2, -1.2, 1, 1.2), 40).convert("RGB")
    drawn.save(file := BytesIO(), "JPEG")
    name = f"{words.replace(' ', '_')}.jpg"
    return Image.objects.create(title=words, description=words, file=ImageFile(file, name=name))
