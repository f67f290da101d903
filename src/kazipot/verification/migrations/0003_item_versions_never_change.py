"""The database itself refuses to change a version that has left the draft, parameters, events and reviews.

A later migration that alters one of these tables must set the guards anew (`forwards`): SQLite makes a table anew to
alter it, and its triggers go with the old one. `test_version_out_of_draft_never_changes` notices.
"""

from django.db import migrations

FROZEN = ("item_id", "number", "area", "kind", "difficulty", "enemies", "content", "digest", "author_id", "reason", "made_at")
"""Columns of a version that change in a draft only."""
BACK = "NEW.state = 'draft' AND OLD.state NOT IN ('draft', 'in_review', 'reviewed')"
GUARDS = {
    "verification_itemversion": f"(OLD.state <> 'draft' AND ({{changed}})) OR ({BACK})",
    "verification_itemparameters": "",
    "verification_itemevent": "",
    "verification_itemreview": "",
}
MESSAGE = "This row is kept as it was: make a new version."


def _condition(guard, differs):
    if not guard:
        return ""
    changed = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in FROZEN)
    return f"WHEN ({guard.format(changed=changed)})"


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION verification_keep() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    for table, guard in GUARDS.items():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE TRIGGER {table}_keep BEFORE UPDATE ON {table} FOR EACH ROW "
                f"{_condition(guard, 'IS DISTINCT FROM')} EXECUTE FUNCTION verification_keep()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_keep BEFORE UPDATE ON {table} FOR EACH ROW "
                f"{_condition(guard, 'IS NOT')} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )


def backwards(apps, schema_editor):
    for table in GUARDS:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_keep{on}")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS verification_keep()")


class Migration(migrations.Migration):
    dependencies = [("verification", "0002_item_bank")]
    operations = [migrations.RunPython(forwards, backwards)]
