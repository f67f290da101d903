"""An uploaded roster keeps the day it speaks of; what it would change is worked out when it is looked at."""

from datetime import date

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial")]

    operations = [
        migrations.RemoveField(model_name="rosterupload", name="employer"),
        migrations.RemoveField(model_name="rosterupload", name="digest"),
        migrations.AddField(
            model_name="rosterupload",
            name="as_of",
            field=models.DateField(default=date(2026, 1, 1)),
            preserve_default=False,
        ),
    ]
