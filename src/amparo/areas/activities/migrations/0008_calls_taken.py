from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0007_proposals"),
    ]

    operations = [
        migrations.AddField(
            model_name="reminder",
            name="taken_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="reminder",
            name="taken_until",
            field=models.DateField(null=True),
        ),
    ]
