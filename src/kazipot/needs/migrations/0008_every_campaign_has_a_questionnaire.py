import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("needs", "0007_first_questionnaire")]
    operations = [
        migrations.AlterField(
            model_name="campaign",
            name="questionnaire",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="needs.questionnaireversion"
            ),
        )
    ]
