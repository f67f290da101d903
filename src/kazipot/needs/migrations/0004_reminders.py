"""Reminders: when somebody was reminded, and the further links that were sent."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('needs', '0003_wrong_codes'),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='reminded_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='ReminderLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='needs.invitation')),
            ],
            options={
                'ordering': ['invitation', 'id'],
            },
        ),
    ]
