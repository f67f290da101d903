"""A person may change their answers until the campaign closes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('needs', '0004_reminders'),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='answering_again',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='response',
            name='changed_at',
            field=models.DateTimeField(null=True),
        ),
    ]
