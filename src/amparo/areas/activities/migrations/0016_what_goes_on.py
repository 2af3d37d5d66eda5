"""An activity may go on until she says otherwise; what was taken from the starting catalogue gets what stands there."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_GO_ON = ("coaching", "psychological_support", "womens_circles")


def let_go_on(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Nobody falls out of the next weeks because nobody knew of the tick."""
    rows = apps.get_model("activities", "Activity").objects.using(editor.connection.alias)
    rows.filter(key__in=_GO_ON).update(goes_on=True)


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0015_care_and_proposals_that_ended"),
    ]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="goes_on",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunPython(let_go_on, migrations.RunPython.noop),
    ]
