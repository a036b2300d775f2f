"""Staff and their groups: who may sign in, and what they may do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth import admin as auth
from django.contrib.auth.models import Group, User
from django.http import HttpRequest

from guide.admin.listing import SearchedAdmin

if TYPE_CHECKING:
    UserAdmin = auth.UserAdmin[User]
else:
    UserAdmin = auth.UserAdmin

PERSON = {
    "username": "The name to sign in with. It stands at what they publish. Good: edith",
    "usable_password": "Good: Enabled, for everybody who is to sign in.",
    "password1": "Long, and known to nobody else. Good: four words that do not go together.",
    "password2": "The same once more. Good: typed anew, not copied.",
    "first_name": "Good: Edith",
    "last_name": "Good: Miller",
    "email": "Where to reach them. Good: edith@example.org",
    "is_active": "May sign in. Good: a tick, until they leave. Their history stays.",
    "is_staff": "May sign in here. Good: a tick for everybody who edits or checks.",
    "is_superuser": "May do everything, but does not check what they wrote. Good: a tick for two "
    "people at most.",
    "groups": "What they may do. Good: Editors, for who writes and does not publish.",
}
GROUP = {
    "name": "What the people in it do. Good: Editors",
    "permissions": "What they may do. Good: those of Editors, and no more than they need.",
}

admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class PersonAdmin(SearchedAdmin, UserAdmin):
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Who it is", {"fields": ("first_name", "last_name", "email")}),
        ("What they may do", {"fields": ("is_active", "is_staff", "groups", "is_superuser")}),
    )

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        return _helped(super().get_form(*args, **kwargs), PERSON)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Who did anything here is made inactive: with them would go the trail of what they did."""
        if obj is None or LogEntry.objects.filter(user=obj).exists():
            return False
        return super().has_delete_permission(request, obj)


@admin.register(Group)
class TeamAdmin(SearchedAdmin, auth.GroupAdmin):
    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return _helped(super().get_form(request, *args, **kwargs), GROUP)


def _helped(form: Any, help_texts: Mapping[str, str]) -> Any:
    """Say in our words what goes into the fields of Django's own models."""
    for name in help_texts.keys() & form.base_fields.keys():
        form.base_fields[name].help_text = help_texts[name]
    return form
