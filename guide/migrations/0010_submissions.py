"""Four eyes: what was submitted, what came of it, and the group that publishes safety pages."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.apps import apps as installed
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

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
    "synonym",
    "warningword",
)


def let_reviewers_publish(apps: Any, schema_editor: Any) -> None:
    # Permissions are made after all migrations have run; the groups need them now.
    create_permissions(installed.get_app_config("guide"), verbosity=0)
    find = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="guide")
    groups = apps.get_model("auth", "Group").objects
    reviewers, _ = groups.get_or_create(name="Clinical reviewers")
    reviewers.permissions.add(*find.filter(codename__in=["publish", "publish_safety"]))
    staff = ("Editors", "Publishers", "Clinical reviewers")
    for group in groups.filter(name__in=staff):
        group.permissions.add(*find.filter(codename="view_submission"))


def know_who_wrote(apps: Any, schema_editor: Any) -> None:
    """Who edited a draft last has written on it, as far as the desk remembers."""
    hands = apps.get_model("guide", "Hand").objects
    for kind in UNITS:
        units = apps.get_model("guide", kind).objects.exclude(edited_by=None)
        for unit, version, user in units.values_list("pk", "version", "edited_by"):
            hands.create(kind=kind, unit=unit, version=version, user_id=user)


class Migration(migrations.Migration):
    dependencies = [
        ("guide", "0009_moved"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="edition",
            options={
                "default_permissions": ("view",),
                "ordering": ["kind", "slug", "-number"],
                "permissions": [
                    ("publish", "Can publish and withdraw"),
                    (
                        "publish_safety",
                        "Can publish and withdraw what the safety of readers rests on",
                    ),
                    ("check", "Can say that a clinician has checked a page"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proof",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submission",
                        to="guide.edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "proof to check",
                "verbose_name_plural": "proofs to check",
                "ordering": ["-pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("published", "Published"),
                            ("sent_back", "Sent back"),
                            ("replaced", "Submitted anew"),
                        ],
                        max_length=16,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
                ("who", models.CharField(max_length=150)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "edition",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdict",
                        to="guide.edition",
                    ),
                ),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdict",
                        to="guide.submission",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Hand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=16)),
                (
                    "unit",
                    models.PositiveBigIntegerField(
                        help_text="Its key: an address may still change."
                    ),
                ),
                ("version", models.PositiveIntegerField(help_text="The desk's version after it.")),
                (
                    "wrote",
                    models.BooleanField(
                        default=True, help_text="False: only said that it is checked."
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("rows", models.JSONField(default=list)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["kind", "unit", "version"], name="hand_unit")],
            },
        ),
        migrations.RunPython(let_reviewers_publish, migrations.RunPython.noop),
        migrations.RunPython(know_who_wrote, migrations.RunPython.noop),
    ]
