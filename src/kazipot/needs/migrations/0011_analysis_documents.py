"""A published analysis is a document: a narrative, what changed, the code's version and a digest."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("needs", "0010_interview_guides")]

    operations = [
        migrations.AddField("analysis", "narrative", models.JSONField(default=dict)),
        migrations.AddField("analysis", "changes", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField(
            "analysis", "code_version", models.CharField(blank=True, default="", max_length=32), preserve_default=False
        ),
        migrations.AddField(
            "analysis", "digest", models.CharField(blank=True, default="", max_length=64), preserve_default=False
        ),
    ]
