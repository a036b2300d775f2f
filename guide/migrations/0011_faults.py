"""What the nightly look found, and the groups that may read it."""

from __future__ import annotations

from typing import Any

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

STAFF = ("Editors", "Publishers", "Clinical reviewers")


def let_staff_read(apps: Any, schema_editor: Any) -> None:
    # Permissions are made after all migrations have run; the groups need them now.
    create_permissions(installed.get_app_config("guide"), verbosity=0)
    find = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="guide")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=STAFF):
        group.permissions.add(*find.filter(codename="view_fault"))


class Migration(migrations.Migration):
    dependencies = [("guide", "0010_submissions")]

    operations = [
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="Fault",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=16)),
                ("slug", models.CharField(max_length=60, verbose_name="address")),
                ("title", models.CharField(max_length=300)),
                (
                    "sort",
                    models.CharField(
                        choices=[("links", "Broken link"), ("words", "Wording")],
                        max_length=8,
                        verbose_name="what",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        help_text="The row, the field, the line.",
                        max_length=200,
                        verbose_name="where",
                    ),
                ),
                ("said", models.TextField(verbose_name="what is wrong")),
            ],
            options={
                "verbose_name": "fault on live pages",
                "verbose_name_plural": "faults on live pages",
                "ordering": ["sort", "kind", "slug", "pk"],
                "default_permissions": ("view",),
                "indexes": [models.Index(fields=["kind", "slug"], name="fault_unit")],
            },
        ),
        migrations.RunPython(let_staff_read, migrations.RunPython.noop),
    ]
