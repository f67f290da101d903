"""Answers collected elsewhere: saved mappings, and files that wait."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KINDS = [("1ka", "1KA"), ("limesurvey", "LimeSurvey"), ("ms_forms", "Microsoft Forms"), ("other", "another tool")]


def _to(model: str, **kwargs: object) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model, **kwargs)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("needs", "0008_every_campaign_has_a_questionnaire"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswerMapping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True)),
                ("kind", models.CharField(choices=KINDS, max_length=16)),
                ("content", models.JSONField()),
                ("made_at", models.DateTimeField()),
                ("made_by", _to(settings.AUTH_USER_MODEL, null=True)),
                ("questionnaire", _to("needs.questionnaire")),
            ],
            options={"ordering": ["name"]},
        ),
        migrations.CreateModel(
            name="AnswerUpload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uploaded_at", models.DateTimeField()),
                ("filename", models.CharField(max_length=200)),
                ("content", models.BinaryField(null=True)),
                ("mapping", models.JSONField(default=dict)),
                ("taken_at", models.DateTimeField(null=True)),
                ("taken", models.PositiveIntegerField(default=0)),
                ("left_out", models.PositiveIntegerField(default=0)),
                ("campaign", _to("needs.campaign")),
                ("user", _to(settings.AUTH_USER_MODEL)),
            ],
            options={"ordering": ["-uploaded_at", "-id"]},
        ),
    ]
