"""Items to and from other systems: the items that ship, Moodle's examples, pages and commands."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kazipot.core.items.interchange import FORMATS, Fault, Reason
from kazipot.foundation.roles import Role
from kazipot.project.cli import arguments, commands
from kazipot.verification import imports, operations, queries
from kazipot.verification.errors import exchange_problem
from kazipot.verification.exports import export_items
from kazipot.verification.models import ItemVersion
from tests.core.items.interchange.test_gift import EXAMPLES
from tests.factories import items
from tests.factories.organisation import make_employer, sign_in


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    settings.LANGUAGE_CODE = "en"


@pytest.mark.parametrize("name", FORMATS)
def test_items_that_ship_come_back_the_same(name: str) -> None:
    shipped = queries.shipped_items()
    assert len(shipped) >= 150
    made = export_items(shipped, name, ("sl", "en"))
    back = imports.read_exchange(made.name, made.content)
    assert (back.format, back.problems) == (name, ())
    assert list(back.items) == shipped


def test_every_reason_has_words_and_a_remedy() -> None:
    problems = [exchange_problem(Fault(1, "a", reason), "a.txt") for reason in Reason]
    assert [problem for problem in problems if not (str(problem.message) and str(problem.remedy))] == []


def main(words: list[str]) -> int:
    """The exit status of a command."""
    return commands.run(arguments.parser().parse_args(words))


@pytest.mark.django_db
def test_command_names_what_cannot_be_taken_and_saves_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["verification", "items", "import", str(EXAMPLES), "--language", "en", "--area", "phishing"]
    assert main(words) == 2
    told = capsys.readouterr()
    assert told.out == "gift: 11 items, 9 that cannot be taken\n"
    assert [line.split(":")[0] for line in told.err.splitlines()] == [
        "14", "16", "54", "56", "58", "64", "75", "80", "82",
    ]  # fmt: skip
    assert ItemVersion.objects.count() == 0


@pytest.mark.django_db
def test_command_takes_the_rest_if_asked(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["verification", "items", "import", str(EXAMPLES), "--language", "en", "--area", "phishing", "--partly"]
    assert main([*words, "--dry-run", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (len(told["items"]), len(told["problems"]), told["dry_run"]) == (11, 9, True)
    assert ItemVersion.objects.count() == 0
    assert main(words) == 1
    assert ItemVersion.objects.filter(state="draft", area="phishing").count() == 11


@pytest.mark.django_db
@pytest.mark.parametrize("name", FORMATS)
def test_bank_goes_out_and_comes_back_by_commands(name: str, tmp_path: Path) -> None:
    made = [items.single("one"), items.scenario("two")]
    for each in made:
        items.make_version(each)
    out = tmp_path / "bank"
    assert main(["verification", "items", "export", "--format", name, "--out", str(out)]) == 0
    back = imports.read_exchange("bank", out.read_bytes())
    assert list(back.items) == sorted(made, key=lambda item: item.key)


def send(client: Client, action: str, content: bytes, **more: str) -> Any:
    file = SimpleUploadedFile("questions.txt", content)
    told = {"file": file, "area": "phishing", "language": "en", "action": action, **more}
    return client.post(reverse("verification:import-items"), told)


@pytest.fixture
def service(client: Client, at: Any) -> Client:
    operations.load_builtin_items(at=at, actor=None)
    sign_in(client, Role.SERVICE, make_employer())
    client.cookies["language"] = "en"
    return client


GOOD = b"Lock it? {=Yes#Always. ~No#Somebody may look.}"


@pytest.mark.django_db
def test_page_shows_what_would_come_in_and_saves_nothing(service: Client) -> None:
    before = ItemVersion.objects.count()
    page = send(service, "look", GOOD + b"\n\nWhy? {}").content.decode()
    assert "1 question can be taken." in page
    assert "The answer is typed" in page
    assert ItemVersion.objects.count() == before


@pytest.mark.django_db
def test_page_saves_all_or_what_it_may(service: Client) -> None:
    before = ItemVersion.objects.count()
    assert send(service, "all", GOOD + b"\n\nWhy? {}").status_code == 422
    assert ItemVersion.objects.count() == before
    assert send(service, "partly", GOOD + b"\n\nWhy? {}").status_code == 302
    made = ItemVersion.objects.get(item__key="lock-it")
    assert (made.state, made.area) == ("draft", "phishing")
    assert send(service, "all", GOOD).status_code == 422  # the key is taken
    assert send(service, "partly", b"Why? {}").status_code == 422  # nothing is left


@pytest.mark.django_db
def test_page_gives_the_bank_in_a_format(service: Client) -> None:
    response = service.get(reverse("verification:export-items"), {"format": "moodle", "language": "sl", "area": "ai"})
    assert 'filename="items-ai-sl.moodle.xml"' in response.headers["Content-Disposition"]
    back = imports.read_exchange("a.xml", response.content)
    assert {item.area for item in back.items} == {"ai"}
    assert {item.stem.en for item in back.items} == {""}
