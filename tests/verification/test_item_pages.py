"""Pages of the item bank: lists, an item with its key, writing by the form and as YAML, review."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kazipot.core.items.checking import faults_of
from kazipot.core.items.definition import Area, Artefact, Form, Text
from kazipot.core.items.written import as_yaml
from kazipot.foundation.roles import Role
from kazipot.verification import imports, operations, queries
from kazipot.verification.models import ItemParameters, ItemReview, ItemVersion
from tests.factories import items, organisation
from tests.factories.items import AT, choice, make_version, text

pytestmark = pytest.mark.django_db
FILLED = {
    "key": "usb-stick", "kind": "single", "area": "devices", "difficulty": "-1.0", "competences": "4.1, 4.2",
    "enemies": "usb stick", "stem_sl": "Kaj storite?", "stem_en": "What do you do?", "explanation_sl": "Ne vtikajte.",
    "explanation_en": "Do not plug in.", "source": "SI-CERT", "address": "https://www.cert.si", "reason": "new",
    "text_sl_1": "Oddam", "text_en_1": "Hand it in", "correct_1": "on", "why_sl_1": "Prav", "why_en_1": "Right",
    "text_sl_2": "Vtaknem", "text_en_2": "Plug it in", "why_sl_2": "Narobe", "why_en_2": "Wrong",
}  # fmt: skip


@pytest.fixture
def service(client: Client) -> Client:
    """Signed in for the Service."""
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    return client


def sent(client: Client, name: str, data: dict[str, Any], *args: Any) -> Any:
    """The answer to a form."""
    return client.post(reverse(f"verification:{name}", args=args), data)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_items_takes_so_many_queries(service: Client, rows: int) -> None:
    operations.load_builtin_items(at=AT, actor=None, definitions=[items.single() for _row in range(rows)])
    with CaptureQueriesContext(connection) as seen:
        response = service.get(reverse("verification:items"))
    assert len(response.context["page"].object_list) == rows
    assert len(seen) == 12


@pytest.mark.parametrize("rows", [1, 3])
def test_page_of_an_item_takes_so_many_queries(service: Client, rows: int) -> None:
    version = make_version(state="in_review")
    for _row in range(rows):
        items.give_parameters(version, b=(0.1,), at=items.later())
        review = {"verdict": "change", "comment": "x", "at": AT, "version": version, "digest": "earlier"}
        ItemReview.objects.create(**review, reviewer=organisation.make_user())
    with CaptureQueriesContext(connection) as seen:
        service.get(reverse("verification:item", args=[version.pk]))
    assert len(seen) == 14


def test_list_is_filtered(service: Client) -> None:
    make_version(items.single("cloud-one", area="cloud"))
    make_version(items.hotspot("mail"))
    make_version(items.single("old"), state="retired")

    def keys(**wanted: str) -> list[str]:
        page = service.get(reverse("verification:items"), wanted).context["page"]
        return [row.item.key for row in page.object_list]

    assert keys() == ["cloud-one", "mail"]
    assert keys(area="cloud") == ["cloud-one"]
    assert keys(kind="hotspot") == ["mail"]
    assert keys(state="retired") == ["old"]
    assert keys(words="ai") == ["mail"]
    assert keys(area="nonsense") == ["cloud-one", "mail"]


def test_trainer_sees_what_is_written_and_reviewed_and_no_item_in_use(client: Client) -> None:
    user = organisation.sign_in(client, Role.TRAINER, organisation.make_employer())
    make_version(items.single("in-use"))
    make_version(items.single("draft"), state="draft")
    own = make_version(items.single("own"), author=user)
    response = client.get(reverse("verification:items"))
    assert [row.item.key for row in response.context["page"].object_list] == ["draft", "own"]
    assert client.get(reverse("verification:item", args=[own.pk])).status_code == 200


def test_page_of_an_item_shows_both_languages_the_key_and_the_history(service: Client) -> None:
    version = make_version(items.hotspot("mail"))
    page = service.get(reverse("verification:item", args=[version.pk])).content.decode()
    for words in ("sl bank@odd.example", "en bank@odd.example", "because of sender", "for a test", "leads to"):
        assert words in page or words == "leads to"
    assert page.count('type="checkbox"') == 6
    assert 'lang="en"' in page


def test_item_is_written_by_the_form(service: Client) -> None:
    response = sent(service, "new-item", FILLED)
    version = ItemVersion.objects.get()
    assert response.url == reverse("verification:item", args=[version.pk])
    definition = queries.definition_of(version.pk)
    assert (definition.key, definition.difficulty, definition.enemies) == ("usb-stick", -1.0, ("usb", "stick"))
    assert [(option.key, option.text.en, option.correct) for option in definition.options] == [
        ("a", "Hand it in", True), ("b", "Plug it in", False),
    ]  # fmt: skip
    assert (version.state, version.complete_sl, version.complete_en) == ("draft", True, True)


def test_faults_of_a_form_are_named_and_nothing_is_kept(service: Client) -> None:
    response = sent(service, "new-item", {**FILLED, "correct_1": "", "competences": "9.9"})
    assert response.status_code == 422
    assert [problem.field for problem in response.context["problems"]] == [
        "usb-stick: competences",
        "usb-stick: options",
    ]
    assert ItemVersion.objects.count() == 0


def test_draft_with_an_artefact_keeps_it_when_the_form_changes_it(service: Client) -> None:
    item = items.single("usb-stick", artefact=items.hotspot().artefact, difficulty=0.3)
    version = make_version(item, state="draft", b=())
    page = service.get(reverse("verification:edit-item", args=[version.pk]))
    shown = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    filled = {name: value for name, value in shown.items() if value not in (None, False)} | {"reason": "clearer"}
    assert sent(service, "edit-item", filled | {"stem_sl": "Kaj pa zdaj?"}, version.pk).status_code == 302
    changed = queries.definition_of(version.pk)
    assert changed.artefact == item.artefact
    assert (changed.stem.sl, changed.difficulty, changed.options) == ("Kaj pa zdaj?", 0.3, item.options)


def test_order_is_written_by_the_form(service: Client) -> None:
    filled = FILLED | {"kind": "order", "match_sl_1": "nič", "text_sl_3": "Javim", "text_en_3": "Report"}
    assert sent(service, "new-item", filled).status_code == 302
    found = queries.definition_of(ItemVersion.objects.get().pk)
    assert [(option.text.en, option.correct, option.match.sl) for option in found.options] == [
        ("Hand it in", False, ""), ("Plug it in", False, ""), ("Report", False, ""),
    ]  # fmt: skip
    assert str(found.kind) == "order"


def test_match_with_one_left_over_is_written_by_the_form_and_changed(service: Client) -> None:
    pairs = {
        "match_sl_1": "Informatika", "match_en_1": "IT", "match_sl_2": "Nikomur", "match_en_2": "Nobody",
        "match_sl_3": "Vratar", "match_en_3": "Porter", "why_sl_3": "Odveč", "why_en_3": "Left over",
    }  # fmt: skip
    assert sent(service, "new-item", FILLED | {"kind": "match"} | pairs).status_code == 302
    version = ItemVersion.objects.get()
    found = queries.definition_of(version.pk)
    assert [(option.text.en, option.match.en, option.correct) for option in found.options] == [
        ("Hand it in", "IT", False), ("Plug it in", "Nobody", False), ("", "Porter", False),
    ]  # fmt: skip
    page = service.get(reverse("verification:edit-item", args=[version.pk]))
    shown = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    filled = {name: value for name, value in shown.items() if value not in (None, False)} | {"reason": "clearer"}
    assert sent(service, "edit-item", filled | {"match_en_3": "Guard"}, version.pk).status_code == 302
    assert [option.match.en for option in queries.definition_of(version.pk).options] == ["IT", "Nobody", "Guard"]
    assert [option.key for option in queries.definition_of(version.pk).options] == ["a", "b", "c"]


@pytest.mark.parametrize("name", queries.EXAMPLES)
def test_example_of_an_item_is_whole_and_previewed_without_being_saved(name: str, service: Client) -> None:
    source = service.get(reverse("verification:new-items"), {"example": name}).context["form"]["source"].value()
    found = imports.read_items(source)
    assert [fault for item in found for fault in faults_of(item)] == []
    response = sent(service, "new-items", {"source": source, "reason": "", "action": "preview"})
    assert (response.status_code, ItemVersion.objects.count()) == (200, 0)
    assert [item for item, _languages in response.context["drawn"]] == found
    assert response.context["form"]["source"].value() == source.strip()
    assert found[0].stem.en in response.content.decode()
    assert sent(service, "new-items", {"source": source, "reason": "new", "action": "save"}).status_code == 302
    assert ItemVersion.objects.count() == 1


def test_preview_says_what_is_missing_and_what_gives_the_answer_away(service: Client) -> None:
    long = choice("a", "call the bank on the number that stands on your card and ask them about it", correct=True)
    item = items.single("one", sources=(), options=(long, choice("b", "click"), choice("c", "wait")))
    page = sent(service, "new-items", {"source": as_yaml([item]), "action": "preview"})
    assert [fault.field for fault in page.context["faults"]] == ["one: sources"]
    assert len(page.context["findings"]) >= 1
    unreadable = sent(service, "new-items", {"source": "- key: [", "action": "preview"})
    assert (unreadable.status_code, unreadable.context["drawn"]) == (422, [])


def test_draft_is_previewed_without_being_changed(service: Client) -> None:
    version = make_version(items.order("steps"), state="draft", b=())
    changed = as_yaml([items.order("steps", stem=text("In which order?"))])
    page = sent(service, "edit-item-text", {"source": changed, "action": "preview"}, version.pk)
    assert "In which order?" in page.content.decode()
    assert queries.definition_of(version.pk) == items.order("steps")


def test_items_are_written_as_yaml_all_or_none(service: Client) -> None:
    given = as_yaml([items.scenario("story"), items.match("pairs")])
    assert sent(service, "new-items", {"source": given, "reason": "new"}).status_code == 302
    assert {queries.definition_of(row.pk) for row in ItemVersion.objects.all()} == {
        items.scenario("story"), items.match("pairs"),
    }  # fmt: skip
    faulty = as_yaml([items.single("good"), items.single("story"), items.single("bad", sources=())])
    response = sent(service, "new-items", {"source": faulty, "reason": "new"})
    assert response.status_code == 422
    assert ItemVersion.objects.count() == 2


def test_yaml_that_cannot_be_read_names_its_line(service: Client) -> None:
    file = SimpleUploadedFile("items.yaml", b"- key: a\n  stem: {sl: [\n")
    response = sent(service, "new-items", {"file": file, "reason": "new"})
    assert [problem.field for problem in response.context["problems"]] == ["line 3"]


def test_draft_is_changed_as_yaml(service: Client) -> None:
    version = make_version(items.order("steps"), state="draft", b=())
    page = service.get(reverse("verification:edit-item-text", args=[version.pk])).content.decode()
    assert "steps" in page
    changed = items.order("steps", stem=text("In which order?"))
    assert (
        sent(service, "edit-item-text", {"source": as_yaml([changed]), "reason": "why"}, version.pk).status_code == 302
    )
    assert queries.definition_of(version.pk) == changed


def test_item_is_submitted_reviewed_and_tried_out(service: Client) -> None:
    version = make_version(items.single("one"), state="draft", b=())
    assert sent(service, "submit-item", {"reason": "done"}, version.pk).status_code == 302
    for number in range(2):
        reviewer = Client()
        organisation.sign_in(reviewer, Role.TRAINER, organisation.make_employer())
        assert (
            sent(reviewer, "review-item", {"verdict": "fit", "comment": f"good {number}"}, version.pk).status_code
            == 302
        )
    response = service.post(reverse("verification:item-step", args=[version.pk, "try_out"]), {"reason": "go"})
    assert response.status_code == 302
    assert ItemVersion.objects.get().state == "pilot"


def test_what_gives_the_answer_away_is_said_before_submitting(service: Client) -> None:
    item = items.single("one", stem=Text("Kaj od tega ni varno?", "Which of these is not safe?"))
    version = make_version(item, state="draft", b=())
    response = service.get(reverse("verification:submit-item", args=[version.pk]))
    assert [finding.field for finding in response.context["findings"]] == ["one: stem.sl", "one: stem.en"]


def test_calibration_is_taken_over_from_the_file_that_the_command_writes(service: Client) -> None:
    make_version(items.single("one"), state="pilot", b=())
    row = {"item": "one@1", "a": 1.1, "b": -0.4, "c": 0.0, "se": {"a": 0.1, "b": 0.05}, "answers": 240}
    file = SimpleUploadedFile("bank.json", json.dumps({"model": "2pl", "items": [row]}).encode())
    filled = {"file": file, "calibrated_on": "2026-04-30", "reason": "first calibration"}
    assert sent(service, "take-calibration", filled).status_code == 302
    held = ItemParameters.objects.get()
    assert (held.model, held.a, held.b, held.sample_size) == ("2pl", 1.1, [-0.4], 240)
    assert held.errors == {"a": 0.1, "b": 0.05}
    nameless = SimpleUploadedFile("bank.json", json.dumps({"model": "2pl", "items": [{**row, "item": "one"}]}).encode())
    assert sent(service, "take-calibration", {**filled, "file": nameless}).status_code == 422


def test_blueprint_is_changed_when_its_shares_add_up(service: Client) -> None:
    operations.load_builtin_items(at=AT, actor=None, definitions=[items.single()])
    areas = queries.blueprint(AT)
    filled = {f"percent_{area.key}": "10" for area in areas} | {"reason": "all alike"}
    assert sent(service, "blueprint", filled | {"percent_ai": "11"}).status_code == 422
    assert sent(service, "blueprint", filled).status_code == 302
    newest = queries.blueprints().first()
    assert newest is not None
    assert {area.percent for area in newest.areas.all()} == {10}


def test_picture_is_kept_once_and_shown(service: Client, client: Client) -> None:
    def upload(name: str, content: bytes) -> int:
        return sent(service, "add-item-picture", {"file": SimpleUploadedFile(name, content)}).status_code

    assert upload("desk.png", items.POINT) == 302
    assert upload("desk.png", items.POINT) == 422
    assert upload("other.svg", b"<svg/>") == 422
    response = Client().get(reverse("verification:item-picture", args=["desk.png"]))
    assert (response.content, response.headers["Content-Type"]) == (items.POINT, "image/png")


def test_item_with_a_picture_that_nobody_uploaded_is_not_submitted(service: Client) -> None:
    spots = tuple(
        Area(key, 10.0 * number, 0.0, 10.0, 10.0, text(key))
        for number, key in enumerate(("sender", "greeting", "link"))
    )
    artefact = Artefact(Form.PICTURE, picture="desk.png", alt=text("a desk"), areas=spots)
    version = make_version(items.hotspot("desk", artefact=artefact), state="draft", b=())
    assert sent(service, "submit-item", {"reason": "done"}, version.pk).status_code == 422
    items.make_picture("desk.png")
    assert sent(service, "submit-item", {"reason": "done"}, version.pk).status_code == 302
    assert service.get(reverse("verification:item", args=[version.pk])).status_code == 200
