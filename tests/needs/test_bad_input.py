"""What comes in wrong, twice, too late or at once: a page answers (never a 500), and nothing is half done.

Pages are read as a browser reads them, so that whatever fields the questionnaire has are tried.
"""

import random
import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urljoin
from zoneinfo import ZoneInfo

import pytest
from benchmarks.answering.checker import as_stored
from benchmarks.answering.form import Form, Values, fill, forward, read
from benchmarks.answering.records import as_told
from django.db import connections
from django.test import Client

from kazipot.foundation import guessing, middleware
from kazipot.foundation.models import AuditEvent, WrongCode
from kazipot.foundation.roles import Role
from kazipot.needs import operations, queries
from kazipot.needs.models import Answer, Interview, Invitation, Response, StatedNeed
from tests.factories import needs, organisation

pytestmark = pytest.mark.django_db
ADDRESS = "/needs/answer/a-link-as-long-as-those-in-mail/"
FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=x"
CITY = ZoneInfo("Europe/Ljubljana")
NASTY = (
    "", " ", "-1", "5", "1e3", "9" * 5_000, "0x1", "١", "NaN", "null", "on", "true", "[]", "{}", "\0", "1\0", "%00",
    "<script>alert(1)</script>", "' OR 1=1 --",
    "🙂👩‍🏫", "שלום مرحبا", "\u202e\u0000", "\ufffe", "č" * 3_000, "../../etc/passwd",
)  # fmt: skip
RAW = (b"%FF%FE", b"\xff\xfe", b"%ED%A0%80", b"%C0%80", b"%", b"%zz", b"\x00", b"=", b"&&;;", b"+")
"""Bytes that are not UTF-8, broken escapes, and a lone surrogate."""
BROKEN = (
    (b"own_level-1=\xff\xfe&x=%FF", FORM),
    (b"a=1", f"{FORM}; charset=latin1"),
    (b"a=1", f"{FORM}; charset=nonsense"),
    (b"--x\r\nnothing", PARTS),
    (b"--x\r\nnothing", "multipart/form-data"),
    (b'--x\r\nContent-Disposition: form-data; name="a\x00"\r\n\r\n\x00\xff\r\n--x--\r\n', PARTS),
    (b'--x\r\nContent-Disposition: form-data; name="step"; filename="\x00.txt"\r\n\r\nnext\r\n--x--\r\n', PARTS),
    (b"{}", "application/json"),
    (b"", ""),
    (b"&".join(b"own_level-%d=1" % number for number in range(3_000)), FORM),
)
TEN_MEGABYTES = b"x" * 10_000_000
LONG = (
    (b"step=next&note=" + TEN_MEGABYTES, FORM),
    (b'--x\r\nContent-Disposition: form-data; name="note"\r\n\r\n' + TEN_MEGABYTES + b"\r\n--x--\r\n", PARTS),
)
PLACES = (f"{ADDRESS}?part=1", f"{ADDRESS}?part=review", ADDRESS, "/needs/enter/")


def browser(**options: Any) -> Client:
    """A browser that sees the page of a fault; cookies and protection against forgery as in use."""
    return Client(raise_request_exception=False, **{"enforce_csrf_checks": True, **options})


@pytest.fixture
def client() -> Client:
    return browser()


@pytest.fixture
def invitation(settings: Any) -> Invitation:
    """Somebody asked about two areas of two competences, on a day in the middle of the campaign."""
    settings.KAZIPOT_TODAY = "2026-03-10"
    return needs.make_invitation(token=ADDRESS.split("/")[3])


def form_at(client: Client, address: str) -> Form:
    """The form of a page that asks something or sends something."""
    return next(form for form in read(client.get(address).text).forms if form.method == "post" and form.buttons)


def post(client: Client, address: str, sent: Values | bytes, kind: str = FORM) -> Any:
    body = sent if isinstance(sent, bytes) else urlencode(sent, errors="surrogatepass").encode()
    return client.generic("POST", address, body, content_type=kind)


def is_answered(answer: Any) -> bool:
    """Whether a person sees a page that says what is the matter, or is led to one."""
    if answer.status_code in {301, 302, 303}:
        return True
    return 200 <= answer.status_code < 500 and ("<h1" in answer.text or answer.status_code == 405)


def stored() -> tuple[object, ...]:
    """Everything that is kept of answers."""
    return tuple(
        list(model.objects.order_by("pk").values()) for model in (Invitation, Response, Answer, StatedNeed, AuditEvent)
    )


def walk(client: Client, rng: random.Random, address: str = ADDRESS, *, send: bool = True) -> dict[str, list[str]]:
    """Through all pages to the review, with answers drawn by chance; returns them by field."""
    said: dict[str, list[str]] = {}
    here = urljoin(address, next(link for link in read(client.get(address).text).links if "?" in link))
    while (form := form_at(client, here)).asked:
        chosen = fill(form, rng, keep="more=" in here)
        said |= said_in(form, chosen)
        here = post(client, here, [*form.hidden, *chosen, *forward(form)])["Location"]
    if send:
        assert post(client, here, [*form.hidden, *forward(form)])["Location"] == f"{address}receipt/"
    return said


def said_in(form: Form, chosen: Values) -> dict[str, list[str]]:
    """What was chosen in a form, by field; a box that wasn't ticked is said too."""
    return {field.name: [value for name, value in chosen if name == field.name] for field in form.asked}


def answers() -> dict[str, list[str]]:
    """The stored answer, as the checker of the load test writes it."""
    return {name: as_told(value) for name, value in queries.answers_of(Response.objects.get()).items()}


def drafted(invitation: Invitation) -> dict[str, list[str]]:
    """The stored draft, likewise."""
    return {name: as_told(value) for name, value in invitation.draft.items()}


def fuzzed(form: Form, rng: random.Random) -> bytes:
    """A form filled in and then spoilt."""
    sent: Values = [*form.hidden, *fill(form, rng), *forward(form)]
    for _number in range(rng.randint(1, 4)):
        place = rng.randrange(len(sent))
        name, value = sent[place]
        match rng.choice(["value", "drop", "repeat", "unknown", "name", "step"]):
            case "value":
                sent[place] = (name, rng.choice(NASTY))
            case "drop":
                sent = sent[:place] + sent[place + 1 :] or [("", "")]
            case "repeat":
                sent += [(name, value), (name, rng.choice(NASTY))]
            case "unknown":
                sent.append((f"own_level-{rng.choice(NASTY)}", rng.choice(NASTY)))
            case "name":
                sent[place] = (rng.choice(NASTY), value)
            case "step":
                sent.append(("step", rng.choice(["", "next", "back", "later", "again", "keep", "sl", "\0", "🙂"])))
    body = urlencode(sent).encode()
    if rng.random() < 0.4:
        cut = rng.randrange(len(body) + 1)
        body = body[:cut] + rng.choice(RAW) + body[cut:]
    return body


@pytest.mark.parametrize("seed", range(20))
def test_fuzzed_forms_get_a_page_and_do_no_harm(client: Client, invitation: Invitation, seed: int) -> None:
    rng = random.Random(seed)
    for _number in range(10):
        place = rng.choice(PLACES[:2])
        body, kind = (
            fuzzed(form_at(client, f"{ADDRESS}?part={rng.randint(1, 2)}"), rng),
            rng.choice([FORM, FORM, PARTS]),
        )
        assert is_answered(post(client, place, body, kind))
        assert is_answered(client.get(place))
    assert Response.objects.count() <= 1
    if Response.objects.exists():
        post(client, ADDRESS, [*form_at(client, ADDRESS).hidden, ("step", "again")])
    said = walk(client, rng)
    assert as_stored(said).items() <= answers().items()
    assert sum(name.startswith("own_level-") for name in answers()) == 4


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("body", "kind"), BROKEN)
def test_broken_bodies_get_a_page_and_change_nothing(
    client: Client, invitation: Invitation, place: str, body: bytes, kind: str
) -> None:
    form_at(client, f"{ADDRESS}?part=1")
    before = stored()
    assert is_answered(post(client, place, body, kind))
    assert stored() == before


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("body", "kind"), BROKEN)
def test_broken_bodies_in_a_form_of_ours_send_nothing(
    invitation: Invitation, place: str, body: bytes, kind: str
) -> None:
    assert is_answered(post(browser(enforce_csrf_checks=False), place, body, kind))
    assert not Response.objects.exists()
    walk(browser(), random.Random(1))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("body", "kind"), LONG, ids=["form", "parts"])
def test_ten_megabytes_are_refused_with_a_reason(
    client: Client, invitation: Invitation, place: str, body: bytes, kind: str
) -> None:
    form_at(client, f"{ADDRESS}?part=1")
    before = stored()
    answer = post(client, place, body, kind)
    assert answer.status_code == 413
    assert "To je bilo predolgo" in answer.text
    assert stored() == before


def test_forged_form_is_refused(client: Client, invitation: Invitation) -> None:
    form = form_at(client, f"{ADDRESS}?part=1")
    before = stored()
    for forged in ([], [("csrfmiddlewaretoken", "\0")], [("csrfmiddlewaretoken", "x" * 64)]):
        answer = post(client, f"{ADDRESS}?part=1", [*forged, *fill(form, random.Random(1)), *forward(form)])
        assert (answer.status_code, "Obrazec je potekel" in answer.text) == (403, True)
    assert stored() == before


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HEAD", "NONSENSE"])
def test_other_methods_change_nothing(client: Client, invitation: Invitation, method: str) -> None:
    before = stored()
    assert browser(enforce_csrf_checks=False).generic(method, f"{ADDRESS}?part=1", "step=next").status_code in {
        200,
        405,
    }
    assert stored() == before


@pytest.mark.parametrize(
    "address",
    [
        "/needs/answer/%00/", "/needs/answer/%FF%FE/", "/needs/answer/%F0%9F%99%82/receipt/",
        f"/needs/answer/{'x' * 8_000}/",
        f"{ADDRESS}?part=%00", f"{ADDRESS}?part=%FF", f"{ADDRESS}?part=1&part=review", f"{ADDRESS}?part=-1",
        f"{ADDRESS}?part={'9' * 5_000}", f"{ADDRESS}?%00=1", f"{ADDRESS}?check=1&part=1",
        "/needs/campaigns/1/letters/%00/", "/needs/own/99999999999999999999999/",
    ],
)  # fmt: skip
def test_odd_addresses_get_a_page(client: Client, invitation: Invitation, address: str) -> None:
    assert is_answered(client.get(address))
    organisation.sign_in(client, Role.HR, organisation.make_employer())
    assert is_answered(client.get(address))


@pytest.mark.parametrize("name", ["sessionid", "language", "csrftoken", "messages", "anything"])
@pytest.mark.parametrize("value", ['"\\000aaaaaaaaaaaa"', "🙂", "x" * 4_000, '"', "", "\\"])
def test_odd_cookies_get_the_page(invitation: Invitation, name: str, value: str) -> None:
    as_it_arrives = value.encode().decode("latin-1")
    assert browser().get(ADDRESS, headers={"cookie": f"{name}={as_it_arrives}"}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "evil example", "[", "\0"])
def test_foreign_host_is_refused(client: Client, invitation: Invitation, host: str) -> None:
    assert client.get(ADDRESS, headers={"host": host}).status_code == 400


@pytest.mark.parametrize("code", NASTY)
def test_odd_codes_are_wrong_codes(client: Client, invitation: Invitation, code: str) -> None:
    form = form_at(client, "/needs/enter/")
    answer = post(client, "/needs/enter/", [*form.hidden, ("code", code)])
    assert (answer.status_code, "<h1" in answer.text) == (422, True)


def test_guessing_of_links_and_codes_is_stopped(client: Client, invitation: Invitation, monkeypatch: Any) -> None:
    monkeypatch.setattr(guessing, "LIMIT", 20)
    hidden = form_at(client, "/needs/enter/").hidden
    tried = [
        post(client, "/needs/enter/", [*hidden, ("code", f"wrong{number}")]).status_code if number % 2
        else client.get(f"/needs/answer/wrong{number}/").status_code
        for number in range(40)
    ]  # fmt: skip
    assert tried == [404, 422] * 10 + [429] * 20
    assert WrongCode.objects.count() == 20
    assert client.get(ADDRESS).status_code == 200  # a long link isn't guessed: its holder is not kept out


TEXTS = (
    "Več časa za Excel – čšž ČŠŽ", "🙂👩‍🏫🇸🇮", "שלום, אני רוצה ללמוד", "مرحبا \u202eobrnjeno\u202c", "a\u0301\u0323 ﷽",
    "<b>&amp;</b>",
    "Prva\r\nDruga",
)  # fmt: skip


def text_fields(client: Client) -> Iterator[tuple[str, Form, str]]:
    """Every text field of the questionnaire and of the page before it: (address, form, name)."""
    for address in ("/needs/enter/", f"{ADDRESS}?part=1", f"{ADDRESS}?part=2"):
        form = form_at(client, address)
        yield from ((address, form, field.name) for field in form.asked if field.is_text)


@pytest.mark.parametrize("text", TEXTS)
def test_any_script_comes_back_as_it_was_written(client: Client, invitation: Invitation, text: str) -> None:
    tried = 0
    for address, form, name in list(text_fields(client)):
        others = [pair for pair in fill(form, random.Random(1)) if pair[0] != name]
        written = text[: int(form.fields[name].attributes.get("maxlength") or 1_000)]
        answer = post(client, address, [*form.hidden, *others, (name, written), *forward(form)])
        assert is_answered(answer)
        page = client.get(address) if answer.status_code == 302 else answer
        shown = next(form.fields[name].value for form in read(page.text).forms if name in form.fields)
        assert shown.strip().splitlines() == written.strip().splitlines()
        tried += 1
    assert tried >= 1


@pytest.mark.parametrize("text", NASTY)
def test_no_text_breaks_a_text_field(client: Client, invitation: Invitation, text: str) -> None:
    for address, form, name in list(text_fields(client)):
        others = [pair for pair in fill(form, random.Random(1)) if pair[0] != name]
        assert is_answered(post(client, address, [*form.hidden, *others, (name, text), *forward(form)]))
        assert is_answered(client.get(address))


@pytest.mark.parametrize(("text", "kept"), [*((text, True) for text in TEXTS), ("a\0b", False), ("x" * 200_001, False)])
def test_notes_of_an_interview_are_kept_as_written_or_refused(
    client: Client, settings: Any, text: str, kept: bool
) -> None:
    settings.KAZIPOT_TODAY = "2026-03-10"
    needs.make_framework()
    unit = organisation.make_unit()
    organisation.sign_in(client, Role.SERVICE, unit.employer)
    form = form_at(client, "/needs/interviews/new/")
    sent = {"unit": str(unit.pk), "held_on": "2026-03-09", "people": "2", "told": "on", "text": text}
    sent["consent"] = form.fields["consent"].options[0]
    answer = post(client, "/needs/interviews/new/", [*form.hidden, *sent.items()])
    assert answer.status_code == (302 if kept else 422)
    assert list(Interview.objects.values_list("text", flat=True)) == ([text] if kept else [])


def test_sending_again_counts_once(client: Client, invitation: Invitation) -> None:
    other = browser()
    said = walk(other, random.Random(1), send=False)
    form = form_at(other, f"{ADDRESS}?part=review")
    pages = [(f"{ADDRESS}?part={number}", form_at(other, f"{ADDRESS}?part={number}")) for number in (1, 2)]
    assert post(other, f"{ADDRESS}?part=review", form.hidden)["Location"] == f"{ADDRESS}receipt/"
    before = stored()
    for _number in range(3):
        again = post(other, f"{ADDRESS}?part=review", form.hidden)
        assert f"{ADDRESS}receipt/" in read(again.text).links
    for address, page in pages:
        again = post(other, address, [*page.hidden, *fill(page, random.Random(2)), *forward(page)])
        assert f"{ADDRESS}receipt/" in read(again.text).links
    assert is_answered(client.get(ADDRESS))
    assert stored() == before
    assert answers() == as_stored(said)
    assert AuditEvent.objects.filter(verb="needs.submit").count() == 1


def test_page_that_another_device_saves_while_this_one_sends_is_in_the_answer(
    client: Client, invitation: Invitation, monkeypatch: Any
) -> None:
    """Between reading the draft and storing the answer, the other device is told that its page is saved."""
    other = browser()
    said = walk(client, random.Random(1), send=False)
    page = form_at(other, f"{ADDRESS}?part=1")
    changed = fill(page, random.Random(2))
    submit = operations.send_answers

    def late(**kwargs: Any) -> None:
        saved = post(other, f"{ADDRESS}?part=1", [*page.hidden, *changed, *forward(page)])
        assert saved["Location"] == f"{ADDRESS}?part=2"
        submit(**kwargs)

    monkeypatch.setattr(operations, "send_answers", late)
    review = form_at(client, f"{ADDRESS}?part=review")
    assert post(client, f"{ADDRESS}?part=review", review.hidden)["Location"] == f"{ADDRESS}receipt/"
    assert answers() == as_stored(said | said_in(page, changed))


def test_changing_begun_twice_keeps_what_was_saved_between(client: Client, invitation: Invitation) -> None:
    other = browser()
    said = walk(client, random.Random(1))
    here, there = (form_at(device, ADDRESS).hidden for device in (client, other))
    post(client, ADDRESS, [*here, ("step", "again")])
    page = form_at(client, f"{ADDRESS}?part=1")
    changed = fill(page, random.Random(2))
    assert post(client, f"{ADDRESS}?part=1", [*page.hidden, *changed, *forward(page)]).status_code == 302
    post(other, ADDRESS, [*there, ("step", "again")])
    review = form_at(client, f"{ADDRESS}?part=review")
    assert post(client, f"{ADDRESS}?part=review", review.hidden)["Location"] == f"{ADDRESS}receipt/"
    assert answers() == as_stored(said | said_in(page, changed))


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What several devices get that all act in the same moment."""
    start, found = threading.Barrier(len(works)), [None] * len(works)

    def act(number: int) -> None:
        try:
            start.wait()
            found[number] = works[number]()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act, args=[number]) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def ready(address: str, seed: int) -> tuple[Callable[[], Any], dict[str, list[str]]]:
    """A device with a page filled in, and a finger on the button."""
    device = browser()
    form = form_at(device, address)
    chosen = fill(form, random.Random(seed))
    return lambda: post(device, address, [*form.hidden, *chosen, *forward(form)]), said_in(form, chosen)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(5))
def test_two_devices_save_different_pages_at_once(invitation: Invitation, seed: int) -> None:
    (first, said), (second, more) = ready(f"{ADDRESS}?part=1", seed), ready(f"{ADDRESS}?part=2", seed + 50)
    assert [answer.status_code for answer in at_once(first, second)] == [302, 302]
    invitation.refresh_from_db()
    assert drafted(invitation) == as_stored(said | more)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(5))
def test_two_devices_save_the_same_page_at_once_and_one_of_them_whole(invitation: Invitation, seed: int) -> None:
    (first, said), (second, other) = ready(f"{ADDRESS}?part=1", seed), ready(f"{ADDRESS}?part=1", seed + 50)
    assert [answer.status_code for answer in at_once(first, second)] == [302, 302]
    invitation.refresh_from_db()
    assert drafted(invitation) in [as_stored(said), as_stored(other)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(5))
def test_two_devices_send_at_once_and_both_are_told_that_it_arrived(invitation: Invitation, seed: int) -> None:
    said = walk(browser(), random.Random(seed), send=False)
    found = at_once(*(ready(f"{ADDRESS}?part=review", seed)[0] for _device in range(3)))
    assert all(
        f"{ADDRESS}receipt/" in [answer.get("Location"), *read(answer.text).links] or answer.get("Location") == ADDRESS
        for answer in found
    )
    assert sum(answer.get("Location") == f"{ADDRESS}receipt/" for answer in found) == 1
    assert f"{ADDRESS}receipt/" in read(browser().get(ADDRESS).text).links
    assert answers() == as_stored(said)
    assert AuditEvent.objects.filter(verb="needs.submit").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(5))
def test_one_device_saves_while_the_other_sends(invitation: Invitation, seed: int) -> None:
    """Either the page came first and is in the answer, or it is told that the answers had been received."""
    said = walk(browser(), random.Random(seed), send=False)
    (save, changed), (send, _nothing) = ready(f"{ADDRESS}?part=1", seed + 50), ready(f"{ADDRESS}?part=review", seed)
    saved, sent = at_once(save, send)
    assert sent["Location"] == f"{ADDRESS}receipt/"
    is_saved = saved.get("Location") == f"{ADDRESS}?part=2"
    assert answers() == as_stored(said | changed if is_saved else said)


@pytest.mark.parametrize(
    "last_day", [date(2026, 3, 9), date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 25)], ids=str
)
def test_last_second_counts_and_the_next_does_not(
    client: Client, settings: Any, monkeypatch: Any, last_day: date
) -> None:
    """Also on the days on which the clocks change."""
    settings.KAZIPOT_TODAY = ""
    end = datetime.combine(last_day, datetime.min.time(), CITY) + timedelta(days=1)
    last_second = datetime.combine(last_day, datetime.max.time().replace(microsecond=0), CITY)
    assert (last_second.hour, last_second.minute, last_second.second) == (23, 59, 59)
    campaign = needs.make_campaign(opens_on=date(2026, 3, 1), closes_on=last_day)
    for token in ("somebody-in-time-long-as-in-mail", "somebody-too-late-long-as-in-mail"):
        needs.make_invitation(campaign, token=token)
    in_time, late = (f"/needs/answer/somebody-{word}-long-as-in-mail/" for word in ("in-time", "too-late"))
    monkeypatch.setattr(middleware.clock, "now", lambda: last_second)
    walk(client, random.Random(1), late, send=False)
    review = form_at(client, f"{late}?part=review")
    walk(client, random.Random(1), in_time)
    assert Response.objects.get().submitted_at == last_second
    monkeypatch.setattr(middleware.clock, "now", lambda: end)
    before = stored()
    refused = post(client, f"{late}?part=review", review.hidden)
    assert refused.status_code == 410
    assert "Odgovorov ne sprejemamo več" in refused.text
    assert stored() == before
