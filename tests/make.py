"""Small makers of the rows that tests stand on."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, User

from guide.models import FAQ, Article, Caution, Country, Section, Stretch, StretchStep, Tip


def article(slug: str = "ease-a-cramp", **fields: Any) -> Article:
    defaults = {"title": "Ease a cramp", "summary": "What to do while a cramp grips your leg."}
    made: Article = Article.objects.create(slug=slug, **{**defaults, **fields})
    return made


def section(slug: str = "heat-cold", **fields: Any) -> Section:
    defaults = {
        "title": "Heat and cold",
        "in_short": "Warm the sore muscle.",
        "body": "Warmth feels good after a cramp.",
    }
    shell = fields.pop("article", None) or Article.objects.first() or article()
    made: Section = Section.objects.create(slug=slug, article=shell, **{**defaults, **fields})
    return made


def tip(of: Section, slug: str = "warm-it", **fields: Any) -> Tip:
    made: Tip = Tip.objects.create(
        section=of, slug=slug, **{"action": "Warm the sore muscle", **fields}
    )
    of.refresh_from_db()
    return made


def caution(slug: str = "possible-clot", **fields: Any) -> Caution:
    defaults = {"name": "Possible clot", "sentence": "Do not rub a swollen leg.", "effect": "hide"}
    made: Caution = Caution.objects.create(slug=slug, **{**defaults, **fields})
    return made


def stretch(slug: str = "wall-calf", **fields: Any) -> Stretch:
    defaults = {
        "name": "Calf stretch at a wall",
        "summary": "For the calf.",
        "muscles": ["calf"],
        "position": "standing",
        "moments": ["bedtime"],
        "hold_seconds": 10,
        "repeats": 3,
        "rest_seconds": 10,
        "feel": "The calf of the back leg.",
    }
    made: Stretch = Stretch.objects.create(slug=slug, **{**defaults, **fields})
    StretchStep.objects.create(stretch=made, slug="stand", text="Stand at a wall.")
    made.refresh_from_db()
    return made


def faq(slug: str = "can-i-use-heat", **fields: Any) -> FAQ:
    defaults = {"question": "Can I use heat?", "answer": "Yes, after the cramp.", "group": "night"}
    owner = fields.pop("section", None) or Section.objects.first() or section()
    made: FAQ = FAQ.objects.create(slug=slug, section=owner, **{**defaults, **fields})
    return made


def country(slug: str = "us", **fields: Any) -> Country:
    defaults = {
        "name": "United States",
        "is_default": slug == "us",
        "emergency": "911",
        "urgent": "your doctor's office",
        "emergency_room": "the ER",
    }
    made: Country = Country.objects.create(slug=slug, **{**defaults, **fields})
    return made


def staff(name: str = "edith", group: str = "Editors") -> User:
    user = User.objects.create_user(name, password="a-long-test-password", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user
