"""The two forms of signing in: name and password, and the code of the second factor."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.http import HttpRequest, HttpResponse
from django_otp.models import Device

from guide.models import SignIn
from guide.signing.tries import MustWait, begin, end

Outcome = SignIn.Outcome
TOO_MANY = 429


class TryForm(forms.Form):
    """A form that is a try to sign in. `left` says how long the next one has to wait, if at all."""

    left = timedelta()

    @contextmanager
    def tried(
        self, request: HttpRequest | None, name: str, outcome: SignIn.Outcome
    ) -> Iterator[None]:
        """Write a try down around what checks it: refused if that raises, else the outcome."""
        assert request is not None
        try:
            this = begin(request, name)
        except MustWait as held:
            self.left = held.left
            raise forms.ValidationError(told(held.left), code="wait") from held
        yield
        end(this, outcome)


class SignInForm(TryForm, AdminAuthenticationForm):
    def clean(self) -> dict[str, Any]:
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not (name and password):
            return self.cleaned_data
        outcome = Outcome.PASSWORD if settings.TWO_FACTOR else Outcome.SIGNED_IN
        with self.tried(self.request, name, outcome):
            return super().clean() or {}


class CodeForm(TryForm):
    """The six digits that a phone shows, or a recovery code."""

    code = forms.CharField(
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )

    def __init__(
        self, request: HttpRequest, device_of: Callable[[str], Device | None], *args: Any
    ) -> None:
        super().__init__(*args)
        self.request, self.device_of = request, device_of
        self.device: Device | None = None

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        return "".join(code.split()).replace("-", "").lower()

    def clean(self) -> dict[str, Any]:
        code = self.cleaned_data.get("code")
        if code:
            with self.tried(self.request, self.request.user.get_username(), Outcome.SIGNED_IN):
                self.device = self.device_of(code)
                if self.device is None:
                    raise forms.ValidationError(
                        "This code is not right, or it was used before. A new one comes every "
                        "30 seconds. Look at the clock of your phone if none of them works."
                    )
        return self.cleaned_data


def told(left: timedelta) -> str:
    """Say how long to wait, and whom to ask."""
    minutes = math.ceil(left / timedelta(minutes=1))
    return (
        f"Too many tries failed. Wait {minutes} minute{'s' if minutes > 1 else ''}, then try "
        "again. If you cannot wait, ask the person who runs this site to unlock your name. The "
        "command for it is “manage.py unlock” and your name."
    )


def held(response: HttpResponse, form: object) -> HttpResponse:
    """Say to machines as well if a try has to wait, and how long."""
    if left := getattr(form, "left", None):
        response.status_code = TOO_MANY
        response.headers["Retry-After"] = str(math.ceil(left.total_seconds()))
    return response
