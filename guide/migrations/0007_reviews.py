"""Clinical reviewers read the desk, and say what they have checked."""

from __future__ import annotations

from typing import Any

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations


def make_group(apps: Any, schema_editor: Any) -> None:
    # Permissions are made after all migrations have run; the group needs them now.
    create_permissions(installed.get_app_config("guide"), verbosity=0)
    find = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="guide")
    reviewers, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Clinical reviewers")
    reviewers.permissions.add(*find.filter(codename__startswith="view_"))
    reviewers.permissions.add(find.get(codename="check"))


class Migration(migrations.Migration):
    dependencies = [
        ("guide", "0006_search"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="edition",
            options={
                "default_permissions": ("view",),
                "ordering": ["kind", "slug", "-number"],
                "permissions": [
                    ("publish", "Can publish and withdraw"),
                    ("check", "Can say that a clinician has checked a page"),
                ],
            },
        ),
        migrations.RunPython(make_group, migrations.RunPython.noop),
    ]
