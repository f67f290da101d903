"""Wrong codes are counted, so that guessing can be stopped."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('needs', '0002_interviews'),
    ]

    operations = [
        migrations.CreateModel(
            name='WrongCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=64)),
                ('tried_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['place', 'tried_at'], name='wrong_code_by_place')],
            },
        ),
    ]
