"""What was asked before questionnaires were data becomes a version, and drafts are kept under the names of items."""

from datetime import datetime, timezone

from django.db import migrations

TITLE = {"sl": "Potrebe po digitalnem izobraževanju", "en": "What digital training do you need?"}
OWN = (
    ("Tega še ne znam", "I cannot do this yet"),
    ("Preproste stvari zmorem, če mi kdo pomaga", "I can do simple things with help"),
    ("Vsakdanje naloge opravim brez pomoči", "I do everyday tasks on my own"),
    ("Rešim tudi nove in zahtevnejše naloge in jih znam pokazati drugim", "I solve new and harder tasks, and can show others how"),
    ("Iščem boljše načine dela in drugi me prosijo za nasvet", "I find better ways of working, and others ask me for advice"),
)
NEEDED = (
    ("Pri delu tega ne potrebujem", "My work does not need this"),
    ("Preproste stvari, s pomočjo", "Simple things, with help"),
    ("Vsakdanje naloge, brez pomoči", "Everyday tasks, on my own"),
    ("Nove in zahtevnejše naloge ter pomoč drugim", "New and harder tasks, and showing others how"),
    ("Iskanje boljših načinov dela in svetovanje drugim", "Finding better ways of working and advising others"),
)


def _choices(labels):
    return [{"value": str(value), "label": {"sl": sl, "en": en}} for value, (sl, en) in enumerate(labels)]


def _level(key, sl, en, choices):
    return {"key": key, "kind": "one", "label": {"sl": sl, "en": en}, "required": True, "choices": choices}


CONTENT = {
    "key": "yearly_needs",
    "title": TITLE,
    "framework": "",
    "competences": [],
    "base": [],
    "choice_lists": {"own_levels": _choices(OWN), "needed_levels": _choices(NEEDED)},
    "pages": [
        {
            "key": "competences",
            "label": TITLE,
            "per_competence": True,
            "items": [
                _level("own_level", "Kaj znate danes?", "What can you do today?", "own_levels"),
                _level("needed_level", "Kaj potrebujete pri delu?", "What does your work need?", "needed_levels"),
                {
                    "key": "wants_training",
                    "kind": "tick",
                    "label": {"sl": "Želim si izobraževanja na tem področju", "en": "I want training in this"},
                },
            ],
        }
    ],
}
NAMES = {"own": "own_level", "needed": "needed_level", "wish": "wants_training"}


def forwards(apps, schema_editor):
    """Only where campaigns were made: a new installation has none."""
    models = {name: apps.get_model("needs", name) for name in ("Campaign", "Questionnaire", "QuestionnaireVersion", "Invitation")}
    first = models["Campaign"].objects.order_by("opens_on").first()
    if first is None:
        return
    questionnaire, _made = models["Questionnaire"].objects.get_or_create(key="yearly_needs")
    moment = models["Invitation"].objects.order_by("invited_at").values_list("invited_at", flat=True).first()
    version = models["QuestionnaireVersion"].objects.create(
        questionnaire=questionnaire, number=1, content=CONTENT, made_at=moment or _midnight(first.opens_on),
        approved_at=moment or _midnight(first.opens_on),
    )
    models["Campaign"].objects.filter(questionnaire=None).update(questionnaire=version)
    for invitation in models["Invitation"].objects.exclude(draft={}).iterator():
        invitation.draft = {
            f"{NAMES[part]}-{competence}": value if part == "wish" else str(value)
            for competence, said in invitation.draft.items()
            for part, value in said.items()
            if part != "wish" or value
        }
        invitation.save(update_fields=["draft"])


def _midnight(day):
    return datetime(day.year, day.month, day.day, tzinfo=timezone.utc)


class Migration(migrations.Migration):
    dependencies = [("needs", "0006_questionnaires_and_privacy")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
