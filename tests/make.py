"""Small makers of the rows that tests stand on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import Group, User

from guide.models import (
    FAQ,
    Article,
    Caution,
    Claim,
    Country,
    Edition,
    Option,
    Question,
    Questionnaire,
    Routine,
    RoutineStep,
    Rule,
    RuleGroup,
    SafetyCase,
    Section,
    Source,
    Stretch,
    StretchStep,
    Synonym,
    Tip,
    Unit,
    WarningWord,
)
from guide.publishing.press import publish
from guide.publishing.references import references
from guide.publishing.rows import rows_of


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
        section=of,
        slug=slug,
        **{"action": "Warm the sore muscle", "tonight": True, **fields},
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


def routine(slug: str = "short", steps: Sequence[Stretch] = (), **fields: Any) -> Routine:
    defaults = {"title": "Short", "summary": "A quick one.", "position": "standing"}
    made: Routine = Routine.objects.create(slug=slug, **{**defaults, **fields})
    for order, step in enumerate(steps):
        RoutineStep.objects.create(routine=made, slug=step.slug, stretch=step, order=order)
    made.refresh_from_db()
    return made


def source(slug: str = "s01", **fields: Any) -> Source:
    defaults = {"title": "Leg cramps", "publisher": "A health service", "confirmed": "A"}
    made: Source = Source.objects.create(slug=slug, **{**defaults, **fields})
    return made


def claim(slug: str = "c001", **fields: Any) -> Claim:
    defaults = {"text": "Heat helps a cramp.", "verdict": "limited"}
    made: Claim = Claim.objects.create(slug=slug, **{**defaults, **fields})
    return made


def synonym(slug: str = "charley-horse", **fields: Any) -> Synonym:
    defaults = {"words": "charley horse, jumping muscle", "means": "cramp"}
    made: Synonym = Synonym.objects.create(slug=slug, **{**defaults, **fields})
    return made


def warning(slug: str = "clot", **fields: Any) -> WarningWord:
    defaults = {"words": "clot, can't feel", "level": "urgent"}
    made: WarningWord = WarningWord.objects.create(slug=slug, **{**defaults, **fields})
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


def questionnaire() -> Questionnaire:
    """A small questionnaire: warning signs with a follow-up, a feeling, and what helps.

    Each of its rules has a safety case, so it may be published.
    """
    made: Questionnaire = Questionnaire.objects.create(
        slug="legs", title="Why do my legs ache?", summary="For adults.", intro="A few questions."
    )
    ask = {
        "signs": ("Do you have any of these now?", True, True, []),
        "together": ("Look at both legs together.", True, True, [("signs", "unsure")]),
        "feel": ("Which is closest to what you feel?", False, False, []),
        "helps": ("What helps most?", False, False, [("feel", "urge")]),
    }
    choices = {
        "signs": [("chest", "a1"), ("swollen", "a2"), ("none", "a8"), ("unsure", "a9")],
        "together": [("chest", "b1"), ("swollen", "b2"), ("none", "b8"), ("unsure", "b9")],
        "feel": [("knot", "c1"), ("urge", "c2"), ("other", "c9")],
        "helps": [("moving", "d1"), ("nothing", "d2")],
    }
    options: dict[tuple[str, str], Option] = {}
    for order, (slug, (text, many, warning, opened_by)) in enumerate(ask.items()):
        question = Question.objects.create(
            questionnaire=made,
            slug=slug,
            text=text,
            label=slug,
            many=many,
            warning=warning,
            order=order,
        )
        question.asked_when.set([options[key] for key in opened_by])
        for place, (name, code) in enumerate(choices[slug]):
            options[slug, name] = Option.objects.create(
                question=question,
                slug=name,
                code=code,
                text=f"It is {name}",
                exclusive=name if name in {"none", "unsure"} else "",
                order=place,
            )
    for name, level, keys in [
        ("chest", "emergency", [("signs", "chest"), ("together", "chest")]),
        ("swollen", "urgent", [("signs", "swollen"), ("together", "swollen")]),
        ("still-unsure", "urgent", [("together", "unsure")]),
        ("nothing-helps", "doctor", [("helps", "nothing")]),
    ]:
        rule(made, name, [[options[key] for key in keys]], level=level, because="It needs care.")
    for name, level, keys in [
        ("chest", "emergency", [("signs", "chest")]),
        ("swollen", "urgent", [("signs", "swollen")]),
        ("still-unsure", "urgent", [("signs", "unsure"), ("together", "unsure")]),
        ("nothing-helps", "doctor", [("signs", "none"), ("feel", "urge"), ("helps", "nothing")]),
        ("knot", "self_care", [("signs", "none"), ("feel", "knot")]),
    ]:
        case(made, name, level, [options[key] for key in keys])
    return made


def rule(of: Questionnaire, slug: str, groups: list[list[Option]], **fields: Any) -> Rule:
    made: Rule = Rule.objects.create(questionnaire=of, slug=slug, **fields)
    for number, options in enumerate(groups):
        RuleGroup.objects.create(rule=made, slug=f"g{number}").options.set(options)
    return made


def case(of: Questionnaire, slug: str, level: str, answers: list[Option]) -> SafetyCase:
    made: SafetyCase = SafetyCase.objects.create(
        questionnaire=of, slug=slug, story=f"It is {slug}.", level=level
    )
    made.answers.set(answers)
    return made


def option(question: str, slug: str) -> Option:
    found: Option = Option.objects.get(question__slug=question, slug=slug)
    return found


def published(unit: Unit) -> Edition:
    """Publish a unit as it is on the desk by now, as if together with all that it points to."""
    unit.refresh_from_db()
    beside = {found.name for found in references(rows_of(unit))}
    return publish(unit, who="a test", beside=beside)
