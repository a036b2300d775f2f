"""Help under every field, each with a good example.

Help texts are words for staff: the database knows nothing of them. Altering more than a
hundred fields one by one would take longer than all other migrations together, so this takes the
words as the models have them. A word that is bettered in them later then needs no migration.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps as installed
from django.db import migrations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class TakeHelpTexts(Operation):
    """Gives the fields that migrations know the help texts of those in the models."""

    reversible = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        for model in installed.get_app_config(app_label).get_models():
            known = state.models.get((app_label, model._meta.model_name or ""))
            if known is None:
                continue
            for field in model._meta.local_fields + model._meta.local_many_to_many:
                was = known.fields.get(field.name)
                if was and was.help_text != field.help_text:
                    known.fields[field.name] = was.clone()
                    known.fields[field.name].help_text = field.help_text

    def database_forwards(self, *args: Any) -> None:
        """Do nothing: there are no help texts in it."""

    def database_backwards(self, *args: Any) -> None:
        """Do nothing either."""

    def describe(self) -> str:
        return "Take the help texts of the models"


class Migration(migrations.Migration):
    dependencies = [("guide", "0012_sign_ins")]
    operations = [TakeHelpTexts()]
