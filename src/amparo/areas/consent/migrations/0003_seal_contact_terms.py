from django.db import migrations, models

CLEAR = ("days", "from_time", "until_time", "leaves_message", "checked", "ask_for", "otherwise", "never")


class Migration(migrations.Migration):
    dependencies = [("consent", "0002_contactrule")]

    operations = [
        *(migrations.RemoveField(model_name="contactrule", name=name) for name in CLEAR),
        migrations.AddField(model_name="contactrule", name="terms", field=models.BinaryField(default=b"")),
    ]
