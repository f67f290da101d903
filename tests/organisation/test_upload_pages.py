"""A roster on the page: upload, look at every change, confirm; what was not shown is not written."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kazipot.foundation.roles import Role
from kazipot.organisation import operations
from kazipot.organisation.models import Employment, RosterUpload
from tests.factories.organisation import make_employer, make_unit, sign_in

pytestmark = pytest.mark.django_db
HEAD = "Delodajalec;Enota;Kadrovska številka;Ime;Priimek;Delovno mesto;Zaposlen od"
IMPORT = reverse("organisation:import")


@pytest.fixture
def hr(client: Client) -> Client:
    for code in ("OGDP", "SLS"):
        make_unit(make_employer("MU"), code)
    make_unit(make_employer("JHL", kind="public_company"), "JHL-1")
    sign_in(client, Role.HR, make_employer("MU"))
    return client


def line(number: str, unit: str = "OGDP", last: str = "Čeč", employer: str = "MU") -> str:
    return f"{employer};{unit};{number};Žiga;{last};D1;1. 2. 2020"


def upload(client: Client, *lines: str) -> Any:
    file = SimpleUploadedFile("seznam.csv", "\r\n".join([HEAD, *lines]).encode())
    return client.post(IMPORT, {"file": file, "as_of": "2026-06-01"}, follow=True)


def confirm(client: Client, shown: Any, **told: str) -> Any:
    fingerprint = shown.context["form"]["shown"].value()
    return client.post(shown.request["PATH_INFO"], {"shown": fingerprint, **told}, follow=True)


def test_every_change_is_shown_before_anything_is_written(hr: Client) -> None:
    confirm(hr, upload(hr, line("1"), line("2"), line("3")))
    shown = upload(hr, line("1", unit="SLS"), line("2", last="Žagar"), line("4", last="Nov"))
    told = {(row.kind, row.name): row.text for row in shown.context["page"]}
    assert told == {
        ("ended", "Žiga Čeč"): "OGDP, zadnji dan 31.\u00a05.\u00a02026",
        ("moved", "Žiga Čeč"): "OGDP → SLS, D1",
        ("changed", "Žiga Čeč"): "priimek: Žagar",
        ("added", "Žiga Nov"): "OGDP, D1, 1.\u00a02.\u00a02020",
    }
    assert Employment.objects.count() == 3


def test_leavers_beyond_a_tenth_must_be_confirmed(hr: Client) -> None:
    confirm(hr, upload(hr, line("1"), line("2")))
    shown = upload(hr, line("1"))
    refused = confirm(hr, shown)
    assert refused.status_code == 422
    assert "confirm_leavers" in refused.context["form"].errors
    assert confirm(hr, shown, confirm_leavers="on").status_code == 200
    assert Employment.objects.filter(valid_to=None).count() == 1


def test_file_is_imported_once_and_its_content_is_then_gone(hr: Client) -> None:
    shown = upload(hr, line("1"))
    confirm(hr, shown)
    again = confirm(hr, shown)
    assert "Ta datoteka je uvožena" in again.text
    stored = RosterUpload.objects.get()
    assert (stored.content, stored.summary["added"], Employment.objects.count()) == (None, 1, 1)


def test_changed_records_must_be_looked_at_again(hr: Client) -> None:
    shown = upload(hr, line("1"))
    confirm(hr, upload(hr, line("1"), line("2")))
    refused = confirm(hr, shown, confirm_leavers="on")
    assert refused.status_code == 422
    assert "Podatki so se po predogledu spremenili" in refused.text
    assert Employment.objects.filter(valid_to=None).count() == 2
    assert confirm(hr, refused, confirm_leavers="on").status_code == 200
    assert Employment.objects.filter(valid_to=None).count() == 1


def test_faulty_rows_are_listed_and_the_file_is_not_kept(hr: Client) -> None:
    response = upload(hr, line("1"), line("2", unit="OGPD"), line("3", unit="JHL-1", employer="JHL"))
    assert response.status_code == 422
    assert "popraviti je treba 2 napaki" in response.text
    assert [(row.row, row.field, row.value) for row in response.context["problems"]] == [
        (3, "unit", "OGPD"), (4, "employer", "JHL"),
    ]  # fmt: skip
    assert not RosterUpload.objects.exists()


def test_file_that_nobody_confirmed_is_forgotten_after_a_day(hr: Client) -> None:
    shown = upload(hr, line("1"))
    kept = RosterUpload.objects.get()
    assert operations.forget_uploads(at=kept.uploaded_at + timedelta(hours=23)) == 0
    assert operations.forget_uploads(at=kept.uploaded_at + timedelta(hours=25)) == 1
    assert RosterUpload.objects.get().content is None
    assert "Datoteka je čakala predolgo" in hr.get(shown.request["PATH_INFO"]).text


def test_upload_is_seen_by_nobody_else(hr: Client) -> None:
    shown = upload(hr, line("1"))
    colleague = Client()
    sign_in(colleague, Role.HR, make_employer("MU"))
    assert colleague.get(shown.request["PATH_INFO"]).status_code == 404


def test_same_file_twice_says_that_there_is_nothing_to_do(hr: Client) -> None:
    confirm(hr, upload(hr, line("1")))
    shown = upload(hr, line("1"))
    assert shown.context["empty"]
    assert "Uvoziti ni treba ničesar" in shown.text
