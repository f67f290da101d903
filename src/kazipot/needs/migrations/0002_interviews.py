"""Interviews, their passages and what coders heard in them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('framework', '0001_initial'),
        ('needs', '0001_initial'),
        ('organisation', '0002_roster_uploads'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Interview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField(verbose_name='held on')),
                ('people', models.PositiveSmallIntegerField(verbose_name='number of people')),
                ('consent', models.CharField(choices=[('paraphrase', 'only in other words'), ('quote', 'also in their own words, without a name')], max_length=16, verbose_name='consent')),
                ('text', models.TextField(verbose_name='notes or transcript')),
                ('recorded_at', models.DateTimeField()),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='framework.framework')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
            ],
            options={
                'ordering': ['-held_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('interview', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='needs.interview')),
            ],
            options={
                'ordering': ['interview', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Coding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(blank=True, choices=[('gap', 'gap in knowledge'), ('barrier', 'barrier'), ('idea', 'idea'), ('good_practice', 'good practice')], max_length=16)),
                ('coded_at', models.DateTimeField()),
                ('coder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('passage', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codings', to='needs.passage')),
            ],
            options={
                'ordering': ['passage', 'id'],
            },
        ),
        migrations.CreateModel(
            name='CodingCompetence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('coding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='competences', to='needs.coding')),
                ('competence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='framework.competence')),
            ],
            options={
                'ordering': ['coding', 'competence'],
                'constraints': [models.UniqueConstraint(fields=('coding', 'competence'), name='coding_competence_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='interview',
            constraint=models.CheckConstraint(condition=models.Q(('people__gte', 1)), name='interview_has_people'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.UniqueConstraint(fields=('interview', 'position'), name='passage_once'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='passage_has_text'),
        ),
        migrations.AddConstraint(
            model_name='coding',
            constraint=models.UniqueConstraint(fields=('passage', 'coder'), name='coding_once_by_coder'),
        ),
        migrations.AddConstraint(
            model_name='coding',
            constraint=models.UniqueConstraint(condition=models.Q(('coder', None)), fields=('passage',), name='coding_agreed_once'),
        ),
    ]
