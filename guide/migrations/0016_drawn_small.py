from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guide", "0015_drawn_pages")]

    operations = [
        migrations.AddField(
            model_name="drawnpage",
            name="digest",
            field=models.CharField(
                default="", help_text="Of the page as it is read.", max_length=20
            ),
        ),
        migrations.AddField(
            model_name="drawnpage",
            name="site",
            field=models.CharField(default="", help_text="The site that it names.", max_length=300),
        ),
    ]
