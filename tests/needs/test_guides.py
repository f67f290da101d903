"""Interview guides and consent texts: versions that never change once they are used."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.foundation.roles import Role
from kazipot.needs import operations, queries
from kazipot.needs.errors import ConsentUnchanged, GuideApproved, GuideUnchanged, NoQuestions
from kazipot.needs.models import ConsentText, InterviewGuide
from kazipot.needs.queries import GuideQuestion
from tests.factories.organisation import make_employer, sign_in

pytestmark = pytest.mark.django_db
ONE = GuideQuestion("tools", "Kaj uporabljate?", "What do you use?", "Tudi telefon.", "Phones too.")
OTHER = GuideQuestion("ideas", "Kaj bi spremenili?", "What would you change?")


def test_shipped_guide_asks_eight_to_ten_questions_in_both_languages() -> None:
    questions = queries.shipped_questions()
    assert 8 <= len(questions) <= 10
    assert len({one.key for one in questions}) == len(questions)
    assert all(one.text_sl and one.text_en and one.prompt_sl and one.prompt_en for one in questions)
    assert all(one.text_sl != one.text_en for one in questions)
    assert {"daily_tools", "security", "barriers", "good_practice", "ideas"} <= {one.key for one in questions}
    assert queries.shipped_consent().keys() == {"sl", "en"}


def test_years_guide_begins_with_the_shipped_one_and_then_with_last_years(at: datetime) -> None:
    first = operations.settle_guide(year=2026, at=at)
    assert queries.questions_of(first) == queries.shipped_questions()
    assert operations.settle_guide(year=2026, at=at) == first
    draft = operations.draft_guide(year=2026, questions=[ONE, OTHER], at=at, actor=None)
    assert queries.guide_in_use(2026) == first
    operations.approve_guide(guide_id=draft.pk, at=at, actor=None)
    assert queries.guide_in_use(2026) == draft
    assert str(draft) == "2026/2"
    assert queries.questions_of(operations.settle_guide(year=2027, at=at)) == [ONE, OTHER]


def test_draft_is_replaced_and_an_approved_guide_stays(at: datetime) -> None:
    operations.draft_guide(year=2026, questions=[ONE], at=at, actor=None)
    draft = operations.draft_guide(year=2026, questions=[OTHER], at=at, actor=None)
    assert InterviewGuide.objects.get().questions[0]["key"] == "ideas"
    settled = operations.settle_guide(year=2026, at=at)
    draft.refresh_from_db()
    assert (settled.version, draft.version) == (1, 2)
    operations.approve_guide(guide_id=draft.pk, at=at, actor=None)
    with pytest.raises(GuideApproved):
        operations.approve_guide(guide_id=draft.pk, at=at, actor=None)
    with pytest.raises(GuideUnchanged):
        operations.draft_guide(year=2026, questions=[OTHER], at=at, actor=None)


@pytest.mark.parametrize(
    "questions",
    [[], [ONE, ONE], [GuideQuestion("one", "Kaj?", "")], [GuideQuestion("", "Kaj?", "What?")]],
    ids=["none", "same key", "one language", "no key"],
)
def test_guide_with_faults_is_refused(at: datetime, questions: list[GuideQuestion]) -> None:
    with pytest.raises(NoQuestions):
        operations.draft_guide(year=2026, questions=questions, at=at, actor=None)
    assert not InterviewGuide.objects.exists()


def test_consent_text_grows_a_version_only_when_it_changes(at: datetime) -> None:
    shipped = queries.shipped_consent()
    assert queries.consent_words() == (1, shipped)
    with pytest.raises(ConsentUnchanged):
        operations.write_consent(text_sl=shipped["sl"], text_en=shipped["en"], at=at, actor=None)
    operations.write_consent(text_sl="Drugače.\r\n\r\nNovo.", text_en="Otherwise.", at=at, actor=None)
    assert queries.consent_words() == (2, {"sl": "Drugače.\n\nNovo.", "en": "Otherwise."})
    assert queries.consent_words(1) == (1, shipped)
    assert queries.consent_words(3) is None
    with pytest.raises(ConsentUnchanged):
        operations.write_consent(text_sl="Drugače.\n\nNovo.", text_en="Otherwise.", at=at, actor=None)
    assert ConsentText.objects.count() == 2


def edited(client: Client, year: int, **changes: str) -> dict[str, str]:
    """What the page for changing the guide would send, with changes."""
    formset = client.get(reverse("needs:edit-guide", args=[year])).context["formset"]
    told = {f"question-{name}": str(value) for name, value in formset.management_form.initial.items()}
    for form in formset:
        told |= {form.add_prefix(name): str(form[name].value() or "") for name in form.fields}
    return {**told, **changes}


def test_service_changes_approves_and_prints_the_guide(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-06-01"
    sign_in(client, Role.SERVICE, make_employer())
    address = reverse("needs:edit-guide", args=[2026])
    last = len(queries.shipped_questions())
    half = edited(client, 2026, **{f"question-{last}-text_sl": "Novo?"})
    refused = client.post(address, half)
    assert refused.status_code == 422
    assert refused.context["formset"].errors[last].keys() == {"key", "text_en"}
    whole = {
        **half,
        f"question-{last}-key": "new_one",
        f"question-{last}-text_en": "New?",
        "question-0-text_sl": "",
        "question-0-text_en": "",
        "question-1-text_sl": "Kaj vam gre najbolje?",
    }
    assert client.post(address, whole).status_code == 302
    draft = InterviewGuide.objects.get()
    keys = [one.key for one in queries.questions_of(draft)]
    assert keys == [*[one.key for one in queries.shipped_questions()][1:], "new_one"]
    assert client.post(reverse("needs:approve-guide", args=[draft.pk])).status_code == 302
    printed = client.get(reverse("needs:print-guide", args=[2026]), {"language": "en"}).text
    assert "New?" in printed
    assert "Novo?" not in printed
    assert client.get(reverse("needs:guide", args=[2026]), {"version": "9"}).status_code == 404
    unchanged = client.post(address, edited(client, 2026))
    assert unchanged.status_code == 422
    assert "nič ni spremenjeno" in unchanged.text


def test_consent_sheet_is_printed_in_either_language(client: Client) -> None:
    sign_in(client, Role.SERVICE, make_employer())
    address = reverse("needs:print-consent")
    assert "Pogovor je prostovoljen" in client.get(address, {"language": "sl"}).text
    assert "also in my own words, without a name" in client.get(address, {"language": "en", "version": "1"}).text
    assert client.get(address, {"version": "2"}).status_code == 404
    assert client.get(address, {"version": "x"}).status_code == 404
    text = {"text_sl": "Po novem.", "text_en": "As of now."}
    assert client.post(reverse("needs:change-consent"), text).status_code == 302
    assert "Po novem." in client.get(address, {"version": "2"}).text


def test_guide_takes_as_many_queries_for_one_version_as_for_three(
    client: Client, at: datetime, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    sign_in(client, Role.SERVICE, make_employer())
    address = reverse("needs:guide", args=[2026])
    operations.settle_guide(year=2026, at=at)
    client.get(address)
    with django_assert_max_num_queries(12) as few:
        client.get(address)
    for question in (ONE, OTHER):
        guide = operations.draft_guide(year=2026, questions=[question], at=at, actor=None)
        operations.approve_guide(guide_id=guide.pk, at=at, actor=None)
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(address)
