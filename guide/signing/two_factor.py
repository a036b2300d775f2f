"""The second factor: a code from an app on a phone, or one of the recovery codes on paper."""

from __future__ import annotations

from base64 import b32encode
from typing import Any

import django_otp
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from guide.pages.qr import drawn
from guide.signing import unsent
from guide.signing.forms import CodeForm, held

RECOVERY_CODES = 10
DIGITS = 6


def is_due(request: HttpRequest) -> bool:
    """Tell whether who asks has still to give the second factor."""
    return settings.TWO_FACTOR and getattr(request.user, "otp_device", None) is None


def address(name: str, request: HttpRequest) -> str:
    """Return the address of a page on the way in, which remembers where the way leads."""
    return reverse(f"admin:{name}", query={"next": onward(request)})


def onward(request: HttpRequest) -> str:
    """Return where somebody wanted to go: a page of this site, if not of another one."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    allowed = {request.get_host()}
    if url_has_allowed_host_and_scheme(wanted, allowed, require_https=request.is_secure()):
        return wanted
    return reverse("admin:index")


def code_page(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Ask for the code of a phone, or for a recovery code."""
    if not is_due(request):
        return HttpResponseRedirect(onward(request))
    user = _user(request)
    if not _has_phone(user):
        return HttpResponseRedirect(address("two_factor", request))
    # A form that waits may come here straight from the password, without a code yet.
    sent = request.POST if "code" in request.POST else None
    form = CodeForm(request, lambda code: _device(user, code), sent)
    if form.is_valid() and form.device:
        _let_in(request, form.device)
        return unsent.go_on(site, request, onward(request))
    return _page(site, request, "code", {"title": "One more step", "form": form})


def phone_page(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Set a phone up; for who has one, make new recovery codes or change to another phone."""
    user = _user(request)
    if not _has_phone(user):
        return _set_up(site, request, user)
    if is_due(request):
        return HttpResponseRedirect(address("code", request))
    if "codes" in request.POST:
        return _codes(site, request, user)
    if "change" in request.POST:
        forget(user)
        return HttpResponseRedirect(reverse("admin:two_factor"))
    left = StaticToken.objects.filter(device__user=user).count()
    return _page(site, request, "two_factor", {"title": "Second step", "left": left})


def forget(user: User) -> None:
    """Forget the phone and the recovery codes of somebody, who then sets up new ones."""
    for model in (TOTPDevice, StaticDevice):
        model.objects.filter(user=user).delete()


def _set_up(site: AdminSite, request: HttpRequest, user: User) -> HttpResponse:
    named = {"name": "Phone"}
    phone, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults=named)
    form = CodeForm(request, lambda code: _accepted(user, phone, code), request.POST or None)
    if form.is_valid() and form.device:
        form.device.confirmed = True
        form.device.save()
        _let_in(request, form.device)
        return _codes(site, request, user)
    secret = b32encode(phone.bin_key).decode()
    context = {
        "title": "Set up a second step",
        "form": form,
        "qr_html": drawn(phone.config_url),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }
    return _page(site, request, "set_up", context)


def _codes(site: AdminSite, request: HttpRequest, user: User) -> HttpResponse:
    """Show new recovery codes, once. Those from before are no longer good."""
    StaticDevice.objects.filter(user=user).delete()
    paper = StaticDevice.objects.create(user=user, name="Recovery codes")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=paper, token=code) for code in codes)
    shown = [f"{code[:4]}-{code[4:]}" for code in codes]
    context = {"title": "Your recovery codes", "codes": shown, "onward": onward(request)}
    return _page(site, request, "codes", context)


def _has_phone(user: User) -> bool:
    found: bool = TOTPDevice.objects.filter(user=user, confirmed=True).exists()
    return found


def _device(user: User, code: str) -> Device | None:
    """Return the device that a code is of, if it is right. A code is good for once."""
    model = TOTPDevice if code.isdigit() and len(code) == DIGITS else StaticDevice
    device = model.objects.filter(user=user, confirmed=True).first()
    return _accepted(user, device, code) if device else None


def _accepted(user: User, device: Device, code: str) -> Device | None:
    found: Device | None = django_otp.verify_token(user, device.persistent_id, code)
    return found


def _let_in(request: HttpRequest, device: Device) -> None:
    request.session.cycle_key()
    django_otp.login(request, device)
    if isinstance(device, StaticDevice):
        left = device.token_set.count()
        messages.warning(request, f"You used a recovery code. You have {left} left.")


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _page(
    site: AdminSite, request: HttpRequest, name: str, context: dict[str, Any]
) -> HttpResponse:
    shared = {
        **site.each_context(request),
        "next": onward(request),
        "unsent": unsent.carried(request),
    }
    template = f"admin/guide/sign_in/{name}.html"
    response = TemplateResponse(request, template, {**shared, **context})
    return held(response, context.get("form"))
