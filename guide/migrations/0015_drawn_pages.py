from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guide", "0014_edition_place")]

    operations = [
        migrations.CreateModel(
            name="DrawnPage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=300)),
                (
                    "release",
                    models.CharField(
                        help_text="The code and settings that drew it.", max_length=64
                    ),
                ),
                ("newest", models.PositiveBigIntegerField()),
                ("since", models.CharField(max_length=40)),
                ("moved", models.PositiveBigIntegerField()),
                ("at", models.CharField(max_length=40)),
                ("asked", models.TextField(help_text="What of the guide it is made of, as JSON.")),
                (
                    "any_query",
                    models.BooleanField(help_text="The same whatever follows a ? in the address."),
                ),
                ("html", models.BinaryField(help_text="Compressed, as brotli.")),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("path", "release"), name="drawn_page")
                ],
            },
        ),
    ]
