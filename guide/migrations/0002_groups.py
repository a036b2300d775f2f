"""Editors edit; publishers edit and publish. And the one row that every press locks."""

from __future__ import annotations

from typing import Any

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

UNITS = (
    "article",
    "caution",
    "claim",
    "country",
    "faq",
    "questionnaire",
    "routine",
    "section",
    "source",
    "stretch",
)
PARTS = (
    "carecard",
    "exemptword",
    "option",
    "question",
    "routinestep",
    "rule",
    "rulegroup",
    "rulepointer",
    "safetycase",
    "stretchstep",
    "tip",
)


def make_groups(apps: Any, schema_editor: Any) -> None:
    # Permissions are made after all migrations have run; the groups need them now.
    create_permissions(installed.get_app_config("guide"), verbosity=0)
    find = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="guide")
    # What was ever published cannot be deleted, whoever asks (guide/admin/units.py).
    verbs = ("add", "change", "delete", "view")
    edit = [f"{verb}_{name}" for name in (*UNITS, *PARTS) for verb in verbs]
    group = apps.get_model("auth", "Group").objects
    editors, _ = group.get_or_create(name="Editors")
    editors.permissions.add(*find.filter(codename__in=[*edit, "view_edition"]))
    publishers, _ = group.get_or_create(name="Publishers")
    publishers.permissions.add(*find.filter(codename__in=[*edit, "view_edition", "publish"]))


def make_press(apps: Any, schema_editor: Any) -> None:
    apps.get_model("guide", "Press").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [
        ("guide", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(make_groups, migrations.RunPython.noop),
        migrations.RunPython(make_press, migrations.RunPython.noop),
    ]
