"""What is fixed and cannot stay is named by its sessions, which may be of several groups; said anew at the next plan."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0009_keeping_places"),
    ]

    operations = [
        migrations.AddField(
            model_name=name,
            name="stuck_sessions",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), db_default=[], default=list, size=None
            ),
        )
        for name in ("period", "proposal")
    ]
