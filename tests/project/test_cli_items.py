"""The item bank on the command line."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from kazipot.core.items.definition import Text
from kazipot.core.items.written import as_yaml
from kazipot.foundation import clock
from kazipot.foundation.credentials import operations as credentials
from kazipot.foundation.credentials import queries as issued
from kazipot.foundation.credentials.documents import Achievement
from kazipot.foundation.credentials.models import SigningKey
from kazipot.project.cli import arguments, commands
from kazipot.verification import queries
from tests.factories import items


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


def main(words: list[str]) -> int:
    """The exit status of a command."""
    return commands.run(arguments.parser().parse_args(words))


def test_items_that_ship_are_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verification", "items", "check", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["findings"] == []
    assert sum(told["areas"].values()) == told["items"]


def test_item_that_gives_its_answer_away_fails_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "phishing.yaml"
    item = items.single("one", area="", stem=Text("Kaj od tega ni varno?", "Which of these is not safe?"))
    file.write_text(as_yaml([item]), encoding="utf-8")
    assert main(["verification", "items", "check", str(file)]) == 1
    out, err = capsys.readouterr()
    assert "phishing: 1" in out
    assert [line.split(":")[1].strip() for line in err.splitlines()] == ["stem.sl", "stem.en"]


def test_faulty_items_are_refused_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "phishing.yaml"
    file.write_text(as_yaml([items.single("one", sources=())]), encoding="utf-8")
    assert main(["verification", "items", "check", str(file)]) == 2
    assert capsys.readouterr().err.startswith("one: sources:")


@pytest.mark.django_db
def test_items_that_ship_are_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verification", "items", "load"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["added"] == len(queries.shipped_items())


@pytest.mark.django_db
def test_key_that_signs_certificates_is_rotated(capsys: pytest.CaptureFixture[str]) -> None:
    assert [main(["credentials", "rotate-key"]) for _time in range(2)] == [0, 0]
    first, second = capsys.readouterr().out.split()
    assert first != second
    assert list(SigningKey.objects.values_list("public", "retired_at").filter(retired_at=None)) == [(second, None)]


def verified(tmp_path: Path, badge: object) -> int:
    """What the command says of a file."""
    file = tmp_path / "badge.json"
    file.write_text(badge if isinstance(badge, str) else json.dumps(badge), encoding="utf-8")
    return main(["credentials", "verify", str(file)])


@pytest.mark.django_db
def test_badge_in_a_file_is_verified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now = clock.now()
    made = credentials.issue(
        achievement=Achievement("digital-security", "Digitalna varnost", "Znanje.", "Opravljeno.", "sl"),
        holder="Živa Čebašek", valid_from=now, valid_until=now + timedelta(days=1), at=now, actor=None,
    )  # fmt: skip
    changed = {**made.document, "validUntil": "2099-01-01T00:00:00Z"}
    without_context = {key: value for key, value in made.document.items() if key != "@context"}
    strange = {**made.document, "@context": ["https://example.org/context"]}
    not_ours = {**made.document, "proof": {**made.document["proof"], "verificationMethod": "https://example.org#z6Mk"}}
    status = issued.status_list(made.status_list, at=now)
    cases = [made.document, changed, without_context, strange, not_ours, status]
    assert [verified(tmp_path, badge) for badge in cases] == [0, 1, 1, 1, 1, 1]
    assert capsys.readouterr().out.split() == ["valid", *["unsound"] * 5]
    credentials.revoke(credential_id=made.pk, because="Zamenjava.", at=now, actor=None)
    assert verified(tmp_path, made.document) == 1
    assert capsys.readouterr().out == "revoked\n"
    assert [verified(tmp_path, text) for text in ("no JSON", "[]", "{}")] == [2, 2, 2]
    assert "This is no signed badge." in capsys.readouterr().err
