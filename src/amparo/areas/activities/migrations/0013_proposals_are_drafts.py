"""A proposal is a draft of its own. Those that were sealed before are dropped: they are asked for anew."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def drop_sealed(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """What is in force stays; of these proposals nothing was."""
    apps.get_model("activities", "Proposal").objects.using(editor.connection.alias).all().delete()


def stands_for(table: str) -> migrations.AddField:
    """In a proposal: what in force it stands for."""
    return migrations.AddField(
        model_name=table,
        name="stands_for",
        field=models.ForeignKey(
            null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to=f"activities.{table}"
        ),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0012_late_evaluations"),
    ]

    operations = [
        migrations.RunPython(drop_sealed, migrations.RunPython.noop),
        migrations.AddField(
            model_name="proposal",
            name="draft",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="proposed_by",
                to="activities.period",
            ),
        ),
        stands_for("group"),
        stands_for("session"),
    ]
