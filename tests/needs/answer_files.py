"""Files as 1KA, LimeSurvey and Microsoft Forms write them, and the way through the pages that take them."""

import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kazipot.core.survey.questionnaire import (
    NEEDED_LEVEL,
    OWN_LEVEL,
    WANTS_TRAINING,
    Choice,
    Item,
    Kind,
    Page,
    Questionnaire,
    Text,
)
from kazipot.needs.models import Campaign, Invitation, Response
from kazipot.needs.queries import answers_of
from tests.factories import needs, organisation

LEVELS = (
    ("0", "Tega še ne znam", "I cannot do this yet"),
    ("1", "Z pomočjo", "With help"),
    ("2", "Brez pomoči", "On my own"),
    ("3", "Tudi zahtevnejše", "Harder tasks too"),
    ("4", "Drugi me vprašajo", "Others ask me"),
)
MODES = (("course", "Na tečaju", "On a course"), ("self", "S spletnim gradivom", "With material online"))


def choices(rows: Sequence[tuple[str, str, str]]) -> tuple[Choice, ...]:
    return tuple(Choice(value, Text(sl, en)) for value, sl, en in rows)


def questionnaire() -> Questionnaire:
    """The three needs items, several choices, and a text."""
    own, needed = Text("Kaj zmorete?", "What can you do?"), Text("Kaj potrebujete?", "What is needed?")
    items = (
        Item(OWN_LEVEL, Kind.ONE, own, required=True, choices="levels"),
        Item(NEEDED_LEVEL, Kind.ONE, needed, required=True, choices="levels"),
        Item(WANTS_TRAINING, Kind.TICK, Text("Želim izobraževanje", "I want training")),
    )
    rest = (
        Item("preferred_mode", Kind.MANY, Text("Kako se učite?", "How do you learn?"), choices="modes"),
        Item("other_wish", Kind.LONG_TEXT, Text("Kaj si želite?", "What do you wish?")),
    )
    pages = (
        Page("competences", Text("Kompetence", "Competences"), items, per_competence=True),
        Page("rest", Text("Drugo", "The rest"), rest),
    )
    title = Text("Zbrano drugje", "Collected elsewhere")
    return Questionnaire("collected", title, pages, {"levels": choices(LEVELS), "modes": choices(MODES)})


def ask(campaign: Campaign, email: str = "", number: str | None = None, token: str | None = None) -> Invitation:
    """Somebody who was asked."""
    person = organisation.make_person(email=email)
    unit = organisation.make_unit()
    organisation.make_employment(person=person, unit=unit, number=number)
    return needs.make_invitation(campaign, person, unit, token=token)


def told(invitation: Invitation) -> dict[str, Any]:
    """What is kept of a person's answers, by key and competence's code."""
    codes = {row.pk: row.code for row in needs.competences_of(invitation.campaign.framework)}
    found = {}
    for name, value in answers_of(Response.objects.get(invitation=invitation)).items():
        key, _dash, pk = name.partition("-")
        found[f"{key}.{codes[int(pk)]}" if pk else key] = value
    return found


LIME_HEAD = [
    "id", "submitdate", "lastpage", "startlanguage", "seed", "token",
    "ownlevel[11]", "ownlevel[12]", "neededlevel[11]", "neededlevel[12]", "wantstraining[11]", "wantstraining[12]",
    "preferredmode[course]", "preferredmode[self]", "otherwish",
]  # fmt: skip


def lime(*rows: Sequence[str], separator: str = ",") -> bytes:
    """LimeSurvey's CSV: marked UTF-8, everything in quotation marks, an empty line at the end."""
    lines = [separator.join('"' + text.replace('"', '""') + '"' for text in row) for row in (LIME_HEAD, *rows)]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n\r\n").encode()


def lime_row(
    token: str, submitted: str = "2026-03-05 10:11:12", levels: str = "A2 A1 A4 A3", wish: str = ""
) -> list[str]:
    return ["7", submitted, "4", "sl", "123456789", token, *levels.split(), "Y", "N", "Y", "", wish]


ONE_KA_HEAD = ["recnum", "Q1", "Q2a", "Q2b", "Q3a", "Q3b", "Q4a", "Q4b", "Q5a", "Q5b", "Q6"]
ONE_KA_TEXTS = [
    "Številka vnosa", "Kadrovska številka", "1.1 Kaj zmorete?", "1.2 Kaj zmorete?", "1.1 Kaj potrebujete?",
    "1.2 Kaj potrebujete?", "1.1 Želim izobraževanje", "1.2 Želim izobraževanje", "Na tečaju", "S spletnim gradivom",
    "Kaj si želite?",
]  # fmt: skip


def one_ka(*rows: Sequence[str]) -> bytes:
    """1KA's CSV: two headings that end with the separator, and cells as formulas, whose quotes are not doubled."""
    heads = [";".join(head) + ";" for head in (ONE_KA_HEAD, ONE_KA_TEXTS)]
    lines = ['="' + '";="'.join(row) + '"' for row in rows]
    return ("\ufeff" + "\r\n".join([*heads, *lines]) + "\r\n").encode()


FORMS_HEAD = [
    "ID", "Start time", "Completion time", "Email", "Name", "1.1 Kompetenca 1.1: What can you do?",
    "1.2 Kompetenca 1.2: What can you do?", "1.1 What is needed?", "1.2 What is needed?", "1.1 I want training",
    "1.2 I want training", "How do you learn?", "What do you wish?",
]  # fmt: skip


def forms(*rows: Sequence[Any]) -> bytes:
    """Microsoft Forms' workbook: moments are moments, several choices end with a semicolon."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, moment = book.add_worksheet("Sheet1"), book.add_format({"num_format": "m/d/yy h:mm:ss"})
        for number, row in enumerate([FORMS_HEAD, *rows]):
            for place, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(number, place, cell, moment)
                else:
                    sheet.write(number, place, cell)
    return out.getvalue()


def forms_row(email: str, *answers: str, at: datetime = datetime(2026, 3, 4, 8, 30)) -> list[Any]:
    return [1, at - timedelta(minutes=5), at, email, "Ana Novak", *answers]


def upload(client: Client, campaign: Campaign, content: bytes, name: str = "results.csv") -> Any:
    address = reverse("needs:answer-file", args=[campaign.pk])
    return client.post(address, {"file": SimpleUploadedFile(name, content)}, follow=True)


def chosen(page: Any, **other: str) -> dict[str, str]:
    """The columns page as it came, with what else was chosen; `column` names are those of the file."""
    form = page.context["form"]
    data = {name: form[name].value() or "" for name in ("kind", "employer", "month_first", "start")}
    data |= {f"column-{place}": form.initial_columns.get(column.name, "") for place, column in enumerate(form.columns)}
    return {**data, **other}


def column(page: Any, name: str) -> str:
    """The field of a column."""
    return next(f"column-{place}" for place, one in enumerate(page.context["form"].columns) if one.name == name)


def settle(client: Client, page: Any, **other: str) -> Any:
    """Send the columns page; the values page follows."""
    return client.post(page.request["PATH_INFO"], chosen(page, **other), follow=True)


def explain(client: Client, page: Any, name: str = "", **other: str) -> Any:
    """Send the values page as it came; the preview follows."""
    form = page.context["form"]
    data = {field: form[field].initial or "" for field in form.meant}
    return client.post(page.request["PATH_INFO"], {**data, "mapping_name": name, **other}, follow=True)


def preview(client: Client, campaign: Campaign, content: bytes, name: str = "results.csv", **other: str) -> Any:
    return explain(client, settle(client, upload(client, campaign, content, name), **other))


def confirm(client: Client, shown: Any, **other: str) -> Any:
    fingerprint = shown.context["form"]["shown"].value()
    return client.post(shown.request["PATH_INFO"], {"shown": fingerprint, **other}, follow=True)


def faults(shown: Any) -> list[tuple[Any, str, str, str]]:
    return [(row.row, row.field, row.value, row.message) for row in shown.context["problems"]]
