"""How pages do, day by day; all staff may read it."""

from __future__ import annotations

from typing import Any

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

READERS = ("Editors", "Publishers", "Clinical reviewers")


def show_staff(apps: Any, schema_editor: Any) -> None:
    # Permissions are made after all migrations have run; the groups need them now.
    create_permissions(installed.get_app_config("guide"), verbosity=0)
    view = apps.get_model("auth", "Permission").objects.get(codename="view_pagecount")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=READERS):
        group.permissions.add(view)


class Migration(migrations.Migration):
    dependencies = [
        ("guide", "0007_reviews"),
    ]

    operations = [
        migrations.CreateModel(
            name="PageCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "page",
                    models.CharField(
                        help_text="Its path, such as /guide/ease-a-cramp/.", max_length=200
                    ),
                ),
                ("day", models.DateField()),
                ("views", models.PositiveIntegerField(default=0)),
                ("yes", models.PositiveIntegerField(default=0, verbose_name="useful")),
                ("no", models.PositiveIntegerField(default=0, verbose_name="not useful")),
            ],
            options={
                "verbose_name": "count of a page",
                "verbose_name_plural": "counts of pages",
                "ordering": ["-day", "page"],
                "default_permissions": ("view",),
                "indexes": [models.Index(fields=["-day", "page"], name="page_count_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("page", "day"), name="page_and_day")
                ],
            },
        ),
        migrations.RunPython(show_staff, migrations.RunPython.noop),
    ]
