"""The admin site of the desk: Django's own, with held-up sign-ins and a second factor."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache

from guide.signing import two_factor, unsent
from guide.signing.forms import SignInForm, held

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class DeskSite(AdminSite):
    login_form = SignInForm
    login_template = "admin/guide/sign_in/sign_in.html"

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff only; with two factors, only who has given the second one as well."""
        return super().has_permission(request) and not two_factor.is_due(request)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        half = super().has_permission(request) and two_factor.is_due(request)
        if half and request.method == "GET":
            return HttpResponseRedirect(two_factor.address("code", request))
        context = {**self._about_signing_in(unsent.carried(request)), **(extra_context or {})}
        response = super().login(request, context)
        if isinstance(response, HttpResponseRedirect) and unsent.carried(request):
            if two_factor.is_due(request):
                return two_factor.code_page(self, request)
            return unsent.go_on(self, request, two_factor.onward(request))
        return held(response, (getattr(response, "context_data", None) or {}).get("form"))

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """A view of the desk. A form that is sent to it by who was signed out is not lost."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not self.has_permission(request) and (sent := unsent.taken_up(request)):
                return self._signed_out(request, sent)
            return inner(request, *args, **kwargs)

        return cast("View", wrapped)

    def _signed_out(self, request: HttpRequest, sent: str) -> HttpResponse:
        """Ask somebody whose form came too late to sign in again."""
        context = {
            **self.each_context(request),
            **self._about_signing_in(sent),
            "title": "Sign in again",
            "form": SignInForm(request),
            "app_path": reverse("admin:login"),
            "next": request.get_full_path(),
        }
        response = TemplateResponse(request, self.login_template, context, status=403)
        add_never_cache_headers(response)
        return response

    def _about_signing_in(self, sent: str) -> dict[str, Any]:
        return {"idle_minutes": settings.SESSION_COOKIE_AGE // 60, "unsent": sent}

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "two_factor": settings.TWO_FACTOR}

    def get_urls(self) -> list[URLResolver | URLPattern]:
        own: list[URLResolver | URLPattern] = [
            path("code/", self._half(two_factor.code_page), name="code"),
            path("two-factor/", self._half(two_factor.phone_page), name="two_factor"),
            path("still-here/", self.admin_view(still_here), name="still_here"),
        ]
        return [*own, *super().get_urls()]

    def _half(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """A view for staff whose password was right: the second factor is what it is about."""

        @never_cache
        def wrapped(request: HttpRequest) -> HttpResponse:
            if not (settings.TWO_FACTOR and AdminSite.has_permission(self, request)):
                return HttpResponseRedirect(reverse("admin:index"))
            return view(self, request)

        return wrapped


def still_here(request: HttpRequest) -> HttpResponse:
    """Asked for now and then while somebody types, so that a long text is no idle time."""
    return HttpResponse(status=204)
