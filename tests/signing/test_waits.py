"""Guessing is slow, and nobody can lock somebody else out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from guide.models import SignIn
from guide.signing.waits import ADDRESS, NAME, NAME_HERE
from tests.signing.people import ELSEWHERE, HOME, OFFICE, PASSWORD, WRONG, fail, is_in, sign_in

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def from_anywhere(times: int, name: str = "edith") -> None:
    """Fail from ever other addresses."""
    for number in range(times):
        sign_in(name, WRONG, f"203.0.113.{number}")


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(edith: User, clock: Any) -> None:
    assert fail(NAME_HERE.free) == [200] * 5
    response = sign_in()
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "60"
    clock.shift(61)
    assert sign_in().status_code == 302


def test_each_further_failure_doubles_the_wait_up_to_a_longest(edith: User, clock: Any) -> None:
    fail(NAME_HERE.free)
    waits = []
    for _ in range(7):
        waits.append(int(sign_in().headers["Retry-After"]))
        clock.shift(waits[-1] + 1)
        assert fail(1) == [200]
    assert waits == [60, 120, 240, 480, 960, 1800, 1800]


def test_trying_while_one_has_to_wait_makes_the_wait_no_longer(edith: User, clock: Any) -> None:
    fail(NAME_HERE.free)
    before = SignIn.objects.count()
    assert fail(20) == [429] * 20
    assert SignIn.objects.count() == before
    clock.shift(61)
    assert sign_in().status_code == 302


def test_who_is_held_up_reads_how_long_and_whom_to_ask_and_keeps_the_name(edith: User) -> None:
    fail(NAME_HERE.free)
    page = sign_in(next="/admin/guide/article/").content.decode()
    assert "Wait 1 minute, then" in page
    assert "ask the person who runs this site" in page
    assert "manage.py unlock" in page
    assert 'name="username" value="edith"' in page
    assert 'name="next" value="/admin/guide/article/"' in page
    assert PASSWORD not in page


def test_another_way_to_write_the_name_is_the_same_name(edith: User) -> None:
    fail(3)
    fail(2, "EDITH")
    assert sign_in().status_code == 429


def test_a_name_that_nobody_has_waits_as_well_so_that_waits_tell_no_names(edith: User) -> None:
    assert fail(6, "nobody") == [200] * 5 + [429]


def test_a_right_password_forgives_what_failed_before(edith: User) -> None:
    fail(NAME_HERE.free - 1)
    assert sign_in().status_code == 302
    assert fail(NAME_HERE.free - 1) == [200] * 4


def test_a_day_later_all_is_forgiven(edith: User, clock: Any) -> None:
    fail(NAME_HERE.free)
    clock.shift(timedelta(days=1, seconds=1))
    assert fail(NAME_HERE.free - 1) == [200] * 4


def test_somebody_else_cannot_lock_an_editor_out_where_they_work(edith: User) -> None:
    assert sign_in(address=HOME).status_code == 302
    from_anywhere(NAME.free + 5)
    assert sign_in(address=ELSEWHERE).status_code == 429
    assert sign_in(address=HOME).status_code == 302


def test_where_an_editor_never_was_others_hold_them_up_for_ten_minutes_at_most(
    edith: User, clock: Any
) -> None:
    for _ in range(8):
        from_anywhere(NAME.free)
        clock.shift(timedelta(minutes=10, seconds=1))
    assert sign_in(address=HOME).status_code == 302


def test_one_address_tries_many_names_only_so_often(edith: User) -> None:
    assert {sign_in(f"n{n}", WRONG, ELSEWHERE).status_code for n in range(ADDRESS.free)} == {200}
    assert sign_in("another", WRONG, ELSEWHERE).status_code == 429
    assert sign_in(address=HOME).status_code == 302


def test_typing_errors_of_colleagues_do_not_hold_up_who_works_at_the_same_address(
    edith: User,
) -> None:
    sign_in()
    for number in range(ADDRESS.free):
        fail(1, f"colleague{number}")
    assert sign_in("newcomer", WRONG).status_code == 429
    assert sign_in().status_code == 302


def test_all_addresses_of_one_home_count_as_one(edith: User) -> None:
    for number in range(NAME_HERE.free):
        sign_in(password=WRONG, address=f"2001:db8:1:2::{number}")
    assert sign_in(address="2001:db8:1:2:ffff::9").status_code == 429
    assert sign_in(address="2001:db8:1:3::1").status_code == 302


def test_behind_the_proxy_the_address_it_added_counts_and_no_made_up_one(
    edith: User, settings: Any
) -> None:
    def post(password: str, forwarded: str) -> int:
        form = {"username": "edith", "password": password}
        headers = {"X-Forwarded-For": forwarded}
        status: int = Client().post("/admin/login/", form, headers=headers).status_code
        return status

    settings.BEHIND_PROXY = True
    made_up = [post(WRONG, f"10.0.0.{number}, {ELSEWHERE}") for number in range(6)]
    assert made_up == [200] * 5 + [429]
    assert post(PASSWORD, HOME) == 302
    settings.BEHIND_PROXY = False
    assert [post(WRONG, f"10.0.1.{number}") for number in range(6)] == [200] * 5 + [429]


def test_an_operator_unlocks_a_name_at_once(edith: User) -> None:
    fail(NAME_HERE.free)
    from_anywhere(NAME.free)
    for number in range(ADDRESS.free):
        fail(1, f"n{number}")
    assert sign_in().status_code == 429
    said = StringIO()
    call_command("unlock", "Edith", stdout=said)
    assert said.getvalue() == "edith can try again at once.\n"
    assert sign_in().status_code == 302


def test_a_name_that_nobody_has_is_not_unlocked(edith: User) -> None:
    with pytest.raises(CommandError, match="Nobody signs in as edit"):
        call_command("unlock", "edit")


def test_only_who_may_use_the_desk_gets_in(edith: User) -> None:
    edith.is_staff = False
    edith.save()
    client = Client()
    assert sign_in(client=client).status_code == 200
    assert not is_in(client)
    assert SignIn.objects.get().outcome == SignIn.Outcome.REFUSED


@pytest.mark.parametrize(
    "wanted",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "javascript:alert(1)",
        "http:elsewhere.example",
        " //elsewhere.example",
    ],
)
def test_signing_in_leads_to_no_other_site(edith: User, wanted: str) -> None:
    assert sign_in(next=wanted).url == "/admin/"
    assert sign_in(next="/admin/guide/article/").url == "/admin/guide/article/"


@pytest.mark.parametrize(
    "password", ["edith.edison", "quiet-legs-", "493028475610293", "1q2w3e4r5t6y"]
)
def test_a_weak_password_is_refused(edith: User, password: str) -> None:
    edith.last_name = "edith.edison"
    edith.save()
    client = Client()
    client.force_login(edith)
    form = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    assert client.post("/admin/password_change/", form).status_code == 200
    form |= {"new_password1": "quiet-legs-at-3", "new_password2": "quiet-legs-at-3"}
    assert client.post("/admin/password_change/", form).status_code == 302


def test_many_tries_at_once_all_count(edith: User) -> None:
    """What is being looked at is written down already."""
    seen = []

    class Slow:
        def authenticate(self, request: Any, **_: Any) -> None:
            seen.append(SignIn.objects.filter(outcome=SignIn.Outcome.REFUSED).count())

    with patch("django.contrib.auth._get_backends", return_value=[(Slow(), "slow")]):
        fail(2)
    assert seen == [1, 2]
    assert SignIn.objects.filter(place=OFFICE).count() == 2
