"""What staff may do beyond opening a page. Who opens which is in test_matrix.py.

Every check is the server's.
"""

from __future__ import annotations

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from guide.models import Edition, SafetyCase
from tests import make
from tests.admin.desk import UNITS, address, save

# Said here because some tests ask for their fixtures by name, too late for the order of tests.
pytestmark = pytest.mark.django_db

ROLES = ["editor", "publisher", "clinician", "superuser", "stranger"]
EDITING = {"editor", "publisher", "superuser"}
READING = EDITING | {"clinician"}
PRESSING = {"publisher", "clinician", "superuser"}


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


@pytest.mark.parametrize("where", ["publish", "withdraw"])
def test_an_editor_cannot_press_by_posting(editor: Client, where: str) -> None:
    section = make.section()
    make.published(section)
    section.save()
    data = {"note": "n", "message": "m", "version": section.version}
    assert editor.post(address(section, where), data).status_code == 403
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    ("method", "pages"),
    [
        ("GET", ["editions", "compare", "submit", "review", "check", "publish", "edition_frame"]),
        ("POST", ["restore", "send_back", "plans", "withdraw", "preview"]),
    ],
)
def test_a_unit_that_is_not_there_is_not_found(
    superuser: Client, method: str, pages: list[str]
) -> None:
    for page in pages:
        for pk in (999, 10**30):
            args = [pk, 1] if page in {"restore", "edition_frame"} else [pk]
            missing = reverse(f"admin:guide_section_{page}", args=args)
            assert superuser.generic(method, missing).status_code == 404, (page, pk)


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


def test_who_did_anything_here_is_not_deleted_and_with_them_who_wrote_what(
    superuser: Client, editor: Client
) -> None:
    typed_in_error = User.objects.create_user("edih")
    delete = "admin:auth_user_delete"
    save(editor, make.section(), title="Warmth")
    edith = User.objects.get(username="edith")
    assert superuser.post(reverse(delete, args=[edith.pk]), {"post": "yes"}).status_code == 403
    assert superuser.post(reverse(delete, args=[typed_in_error.pk]), {"post": "yes"})
    assert set(User.objects.values_list("username", flat=True)) == {"edith", "sue"}
    chosen = {"action": "delete_selected", "_selected_action": [edith.pk], "post": "yes"}
    superuser.post(reverse("admin:auth_user_changelist"), chosen)
    assert User.objects.filter(username="edith").exists()
