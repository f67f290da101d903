"""The frame of every page, in both languages and for everybody."""

import pytest
from django.test import Client, override_settings

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.foundation.ui.urls")]


def test_frame_has_skip_link_landmarks_and_language(client: Client) -> None:
    page = client.get("/").content.decode()
    assert '<html lang="sl">' in page
    assert page.index('class="skip" href="#main"') < page.index("<header")
    assert [page.count(tag) for tag in ("<header", '<main id="main"', "<footer", "<h1")] == [1, 1, 1, 1]
    assert "<script" not in page
    assert " style=" not in page


def test_frame_says_that_the_city_is_invented(client: Client) -> None:
    assert "demo-note" not in client.get("/").content.decode()
    with override_settings(KAZIPOT_DEMO=True, KAZIPOT_TODAY="2026-09-30"):
        page = client.get("/").content.decode()
    assert "demo-note" in page
    assert "30.\u00a09.\u00a02026" in page


def test_messages_are_announced(client: Client) -> None:
    page = client.get("/", {"message": "Shranjeno <b>"}).content.decode()
    assert '<div class="usa-alert usa-alert--success" role="status">' in page
    assert "Shranjeno &lt;b&gt;" in page


def test_pages_keep_what_was_asked_for(client: Client) -> None:
    page = client.get("/", {"q": "č & d", "page": "2"}).content.decode()
    assert 'rel="prev" href="?q=%C4%8D+%26+d&amp;page=1"' in page
    assert 'rel="next" href="?q=%C4%8D+%26+d&amp;page=3"' in page


def test_pages_are_left_out_when_there_is_one(client: Client) -> None:
    assert client.get("/", {"page": "3"}).content.decode().count('rel="next"') == 0
