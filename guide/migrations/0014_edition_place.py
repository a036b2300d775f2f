from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guide", "0013_help_texts")]

    operations = [
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["kind", "parent", "order", "slug"], name="edition_place"),
        ),
        migrations.RemoveIndex(model_name="edition", name="edition_parent"),
    ]
