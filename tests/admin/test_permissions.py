"""Who may open which page of the desk. Every check is the server's."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from guide.models import Edition, Question, Rule, SafetyCase
from tests import make
from tests.admin.desk import UNITS, address

# Said here because some tests ask for their fixtures by name, too late for the order of tests.
pytestmark = pytest.mark.django_db

ROLES = ["editor", "publisher", "clinician", "superuser", "stranger"]
EDITING = {"editor", "publisher", "superuser"}
READING = EDITING | {"clinician"}
PRESSING = {"publisher", "clinician", "superuser"}
#: What the safety of readers rests on is published and withdrawn by fewer.
SAFETY = {"caution", "questionnaire", "warningword"}
UNIT_PAGES = {
    "changelist": READING,
    "add": EDITING,
    "change": READING,
    "history": READING,
    "editions": READING,
    "compare": READING,
    "restore": EDITING,
    "submit": EDITING,
    "review": READING,
    "check": {"clinician", "superuser"},
    "send_back": PRESSING,
    "publish": PRESSING,
    "plans": PRESSING,
    "withdraw": PRESSING,
    "delete": set[str](),
}
POSTED = {"restore", "send_back", "plans", "withdraw"}
SAFE_PRESSES = {"publish", "plans", "withdraw"}


def visit(client: Client, model: str, page: str, pk: int) -> Any:
    name = f"admin:guide_{model}_{page}"
    if page in {"changelist", "add"}:
        return client.get(reverse(name))
    args = [pk, 1] if page == "restore" else [pk]
    return (client.post if page in POSTED else client.get)(reverse(name, args=args))


@pytest.mark.parametrize("kind", UNITS)
@pytest.mark.parametrize("role", ROLES)
def test_each_page_of_a_published_unit_opens_for_those_who_may_and_no_one_else(
    role: str, kind: str, request: pytest.FixtureRequest
) -> None:
    client: Client = request.getfixturevalue(role)
    unit = UNITS[kind]()
    make.published(unit)
    type(unit).objects.get(pk=unit.pk).save()
    opened = {
        page: visit(client, kind, page, unit.pk).status_code in {200, 302} for page in UNIT_PAGES
    }
    barred = SAFE_PRESSES if role == "publisher" and kind in SAFETY else set()
    assert opened == {
        page: role in roles and page not in barred for page, roles in UNIT_PAGES.items()
    }


@pytest.mark.parametrize("role", ROLES)
def test_the_pages_about_rules_open_for_those_who_read_and_save_for_those_who_edit(
    role: str, request: pytest.FixtureRequest
) -> None:
    client: Client = request.getfixturevalue(role)
    legs = make.questionnaire()
    for page in ("grid", "try", "effect", "map"):
        opened = client.get(address(legs, page)).status_code == 200
        assert opened == (role in READING), page
    grid = address(legs, "grid") + "?edit=feel"
    allowed = 200 if role in EDITING else 403
    assert client.get(grid).status_code == allowed
    assert client.post(grid, {"new.feel.knot.level": "urgent"}).status_code == allowed
    case = {"a.feel": "c1", "save": "1", "slug": "new", "story": "S.", "level": "self_care"}
    saved = client.post(address(legs, "try"), case).status_code
    assert saved == (302 if role in EDITING else 403)
    assert SafetyCase.objects.filter(slug="new").exists() == (role in EDITING)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", [Question, Rule, SafetyCase])
def test_the_pages_of_a_part_open_for_those_who_edit(
    role: str, model: type[Any], request: pytest.FixtureRequest
) -> None:
    client: Client = request.getfixturevalue(role)
    make.questionnaire()
    name, pk = model._meta.model_name, model.objects.first().pk
    pages = {
        "changelist": READING,
        "add": EDITING,
        "change": READING,
        "history": READING,
        "delete": EDITING,
    }
    opened = {page: visit(client, name, page, pk).status_code == 200 for page in pages}
    assert opened == {page: role in roles for page, roles in pages.items()}


@pytest.mark.parametrize("role", sorted(EDITING))
def test_editions_are_read_and_never_changed(role: str, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue(role)
    edition = make.published(make.section())
    expected = {"changelist": 200, "change": 200, "add": 403, "delete": 403}
    for page, status in expected.items():
        assert visit(client, "edition", page, edition.pk).status_code == status, page
    change = reverse("admin:guide_edition_change", args=[edition.pk])
    assert client.post(change, {"title": "x"}).status_code == 403


@pytest.mark.parametrize("kind", UNITS)
def test_nobody_opens_the_desk_without_signing_in(client: Client, kind: str) -> None:
    unit = UNITS[kind]()
    make.published(unit)
    more = ("grid", "try", "effect", "map") if kind == "questionnaire" else ()
    for page in (*UNIT_PAGES, *more):
        response = visit(client, kind, page, unit.pk)
        assert response.status_code == 302
        assert response.url.startswith(reverse("admin:login"))
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("where", ["publish", "withdraw"])
def test_an_editor_cannot_press_by_posting(editor: Client, where: str) -> None:
    section = make.section()
    make.published(section)
    section.save()
    data = {"note": "n", "message": "m", "version": section.version}
    assert editor.post(address(section, where), data).status_code == 403
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    "where",
    sorted(
        UNIT_PAGES.keys() & POSTED | {"editions", "compare", "submit", "review", "check", "publish"}
    ),
)
def test_a_unit_that_is_not_there_is_not_found(superuser: Client, where: str) -> None:
    for pk in (999, 10**30):
        assert visit(superuser, "section", where, pk).status_code == 404


def test_staff_who_may_only_look_see_a_page_without_a_form(stranger: Client) -> None:
    look = Permission.objects.filter(codename__startswith="view_")
    User.objects.get(username="stan").user_permissions.set(look)
    section = make.section()
    make.tip(section)
    make.published(section)
    page = stranger.get(address(section))
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert stranger.post(address(section), {}).status_code == 403
    assert stranger.post(address(section, "restore", 1)).status_code == 403
    assert "Restore as a draft" not in stranger.get(address(section, "editions")).content.decode()


def test_editors_can_look_up_everything_that_their_forms_point_to(editor: Client) -> None:
    looked_up = set()
    for admin in site._registry.values():
        for options in (admin, *admin.inlines):
            for field in options.autocomplete_fields:
                data = {
                    "app_label": "guide",
                    "model_name": options.model._meta.model_name,
                    "field_name": field,
                    "term": "a",
                }
                response = editor.get(reverse("admin:autocomplete"), data)
                assert response.status_code == 200, (options.model, field)
                looked_up.add((options.model, field))
    assert len(looked_up) > 20


def test_an_editor_finds_every_unit_on_the_front_page(editor: Client) -> None:
    page = editor.get(reverse("admin:index")).content.decode()
    for kind in (*UNITS, "edition", "submission"):
        assert reverse(f"admin:guide_{kind}_changelist") in page
    assert "/admin/auth/" not in page
    assert reverse("admin:guide_rule_changelist") not in page
