"""Who signed in, and who was refused: for superusers to read."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from guide.admin.read_only import ReadOnlyAdmin
from guide.models import KEPT, SignIn

# The secret of a phone is nobody else's to read, nor are recovery codes.
admin.site.unregister(TOTPDevice)
admin.site.unregister(StaticDevice)


@admin.register(SignIn)
class SignInAdmin(ReadOnlyAdmin):
    list_display = ("at", "who", "address", "outcome")
    list_display_links = None
    list_filter = ("outcome",)
    search_fields = ("name", "address")
    date_hierarchy = "at"
    list_per_page = 50
    show_full_result_count = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    @admin.display(description="who", ordering="name")
    def who(self, sign_in: SignIn) -> str:
        return sign_in.name or "A name that nobody has"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        title = {"title": f"Who signed in, in the last {KEPT.days} days"}
        return super().changelist_view(request, {**(extra_context or {}), **title})
