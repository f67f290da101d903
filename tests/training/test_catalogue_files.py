"""An external catalogue is looked at first, then comes in whole or not at all."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kazipot.foundation.errors import InputRefused, Problem
from kazipot.foundation.roles import Role
from kazipot.foundation.tables import csv_bytes
from kazipot.framework.operations import install_shipped_frameworks
from kazipot.framework.queries import active_framework
from kazipot.training import operations, queries
from kazipot.training.errors.supply import CatalogueImported, CatalogueOutdated
from kazipot.training.imports.catalogue import read_catalogue
from kazipot.training.models import CatalogueUpload, Course
from tests.factories.organisation import make_employer, make_user, sign_in
from tests.factories.training import AT, make_course

pytestmark = pytest.mark.django_db
COLUMNS = (
    "šifra",
    "naslov",
    "naslov (en)",
    "izvajalec",
    "kompetence",
    "način",
    "jezik",
    "ure",
    "predznanje",
    "dostopnost",
)
ROW = ("TABELE", "Tabele", "Tables", "P-T-1", "1.1: 0-2; 1.2: 1-3", "na spletu", "sl", "7,5", "brez", "podnapisi")


def known() -> queries.Catalogue:
    """A catalogue with the course T-1 (competence 1.1 from 0 to 4) of the provider P-T-1."""
    if not Course.objects.exists():
        make_course("T-1")
    active = active_framework(AT.date())
    assert active
    return queries.known_catalogue(active.pk)


def read(*rows: Any, columns: Any = COLUMNS) -> list[queries.CatalogueRow]:
    return read_catalogue("katalog.csv", csv_bytes(columns, rows), known())


def faults(*rows: Any) -> list[Problem]:
    with pytest.raises(InputRefused) as refused:
        read(*rows)
    return refused.value.problems


def bring_in(*rows: Any) -> dict[str, int]:
    read_rows = read(*rows)
    upload = operations.keep_catalogue(filename="x.csv", content=b"x", at=AT, actor=make_user())
    shown = queries.fingerprint(queries.catalogue_changes(read_rows, known()))
    return operations.import_catalogue(
        upload_id=upload.pk, rows=read_rows, framework_id=known().framework_id, shown=shown, at=AT, actor=upload.user
    )


def test_courses_come_in_with_all_that_the_file_tells() -> None:
    assert bring_in(ROW) == {"added": 1, "changed": 0, "unchanged": 0}
    course = queries.course_by_code("TABELE")
    assert course
    assert (course.title_en, course.mode, course.hours, course.prerequisites, course.accessibility) == (
        "Tables", "online", 7.5, "brez", "podnapisi",
    )  # fmt: skip
    told = [(row.competence.code, row.from_level, row.to_level) for row in queries.taught(course.pk)]
    assert told == [("1.1", 0, 2), ("1.2", 1, 3)]


def test_same_file_twice_changes_nothing() -> None:
    bring_in(ROW)
    assert bring_in(ROW) == {"added": 0, "changed": 0, "unchanged": 1}


def test_words_of_a_course_change_and_what_it_teaches_does_not() -> None:
    bring_in(ROW)
    assert bring_in((*ROW[:7], "8", *ROW[8:])) == {"added": 0, "changed": 1, "unchanged": 0}
    assert Course.objects.get(code="TABELE").hours == 8
    (fault,) = faults((*ROW[:4], "1.1: 0-3", *ROW[5:]))
    assert (fault.field, fault.remedy) == ("kompetence", "Novemu tečaju dajte drugo šifro.")


@pytest.mark.parametrize(
    ("place", "value", "remedy"),
    [
        (0, "", "Izpolnite ga."),
        (0, "š!", "Vpišite drugo šifro."),
        (1, "", "Izpolnite ga."),
        (3, "NIKOGAR", "Najprej dodajte izvajalca ali popravite šifro."),
        (4, "iskanje", "Vpišite kot 1.1: 0-2; 1.2: 1-3."),
        (4, "1.1: 2-2", "Vpišite kot 1.1: 0-2; 1.2: 1-3."),
        (4, "9.9: 0-2", "Šifro poiščite v razdelku »Kompetence«."),
        (4, "1.1: 0-2; 1.1: 1-3", "Vpišite jo enkrat."),
        (5, "v gozdu", "Vpišite eno od tega: v učilnici, na spletu, delno na spletu, v lastnem tempu."),
        (7, "dolgo", "Ure vpišite kot 6 ali 7,5."),
    ],
)
def test_faulty_field_is_named_with_its_remedy(place: int, value: str, remedy: str) -> None:
    row = tuple(value if index == place else cell for index, cell in enumerate(ROW))
    found = faults(("DRUGI", *ROW[1:]), row)
    assert [(fault.row, fault.field, fault.remedy) for fault in found] == [(3, COLUMNS[place], remedy)]


def test_code_that_stands_twice_names_the_first_row() -> None:
    (fault,) = faults(ROW, ROW)
    assert (fault.row, fault.message) == (3, "Ista šifra je v vrstici 2.")


def test_catalogue_that_changed_meanwhile_is_shown_again() -> None:
    rows = read(ROW)
    shown = queries.fingerprint(queries.catalogue_changes(rows, known()))
    bring_in(ROW)
    upload = operations.keep_catalogue(filename="x.csv", content=b"x", at=AT, actor=make_user())
    told = {"upload_id": upload.pk, "rows": rows, "framework_id": known().framework_id, "at": AT, "actor": upload.user}
    with pytest.raises(CatalogueOutdated):
        operations.import_catalogue(shown=shown, **told)
    CatalogueUpload.objects.filter(pk=upload.pk).update(content=None)
    with pytest.raises(CatalogueImported):
        operations.import_catalogue(shown=shown, **told)


def test_file_is_looked_at_and_confirmed_on_pages(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-06-01"
    install_shipped_frameworks(at=AT)
    make_course("T-1")
    user = sign_in(client, Role.SERVICE, make_employer())

    def upload(*rows: Any) -> Any:
        file = SimpleUploadedFile("katalog.csv", csv_bytes(COLUMNS, rows))
        return client.post(reverse("training:catalogue-import"), {"file": file})

    refused = upload((*ROW[:3], "NIKOGAR", *ROW[4:]))
    assert refused.status_code == 422
    assert "Izvajalca s to šifro ni." in refused.text
    assert upload(ROW).status_code == 302
    address = reverse("training:catalogue-preview", args=[CatalogueUpload.objects.get(user=user).pk])
    page = client.get(address)
    assert page.context["summary"] == {"added": 1, "changed": 0, "unchanged": 0}
    assert not Course.objects.filter(code="TABELE").exists()
    assert client.post(address, {"shown": "something else"}).status_code == 422
    assert client.post(address, {"shown": page.context["form"].initial["shown"]}).status_code == 302
    assert Course.objects.filter(code="TABELE").exists()
    assert client.get(address).context["settled"]
