"""A provider's own page, by personal link and without an account: offers, timetables, sessions and their materials."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.downloads import download
from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import REFUSED, carried_out, form_page, posted
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.organisation.access import Request
from kazipot.training import access, exports, operations, queries
from kazipot.training.access import ProviderLinkHeld
from kazipot.training.forms import AttendanceForm
from kazipot.training.forms.provider import BidForm, InvoiceForm, MaterialForm, TimetableForm
from kazipot.training.forms.supply import NoFieldsForm
from kazipot.training.imports.timetable import read_timetable

GET_AND_POST = ["GET", "POST"]
TERMS = (
    "price_fixed", "price_per_head", "seats", "hours", "mode", "language", "accessibility", "valid_until", "note",
)  # fmt: skip
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def by_link[**P](
    view: Callable[Concatenate[Request, ProviderLinkHeld, str, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]:
    """A page behind a provider's personal link; no cache keeps it."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        asked = cast(Request, request)
        return view(asked, access.provider_by_token(asked, token), token, *args, **kwargs)

    return cast(Callable[Concatenate[HttpRequest, str, P], HttpResponseBase], never_cache(opened))


@require_GET
@by_link
def page(request: Request, link: ProviderLinkHeld, token: str) -> HttpResponse:
    """What the provider has to do and what it has with the city."""
    sessions = page_of(request, queries.sessions_of_provider(link.provider_id))
    accepted = queries.accepted_counts([session.pk for session in sessions])
    asks = [(row, getattr(row, "bid", None)) for row in queries.asks_to(link.provider_id)[:20]]
    context = {
        "token": token,
        "provider": link.provider,
        "asks": asks,
        "timetables": queries.timetables_of(link.provider_id)[:10],
        "page": sessions,
        "sessions": [(session, accepted.get(session.pk, 0)) for session in sessions],
        "today": request.today,
    }
    return render(request, "training/provider_page.html", context)


@require_http_methods(GET_AND_POST)
@by_link
def bid(request: Request, link: ProviderLinkHeld, token: str, inquiry_id: int) -> HttpResponseBase:
    """Make an offer, or change it until the last day."""
    asked = access.inquiry_of_provider(link, inquiry_id)
    before = queries.bid_of(asked.pk)
    form = BidForm(posted(request), request.FILES or None, initial=_terms_of(before, asked))

    def send(told: Mapping[str, Any]) -> None:
        file = told["file"]
        content = file.read() if file else None
        terms = {name: value for name, value in told.items() if name != "file"}
        operations.send_bid(
            asked_id=asked.pk, terms=terms, filename=file.name if file else "", content=content, at=request.now
        )

    if carried_out(form, send):
        messages.success(request, _("Your offer has been received. You may change it until the last day for offers."))
        return redirect("training:provider-bid", token, inquiry_id)
    inquiry = asked.inquiry
    context = {
        "token": token,
        "provider": link.provider,
        "asked": asked,
        "inquiry": inquiry,
        "spans": queries.spans_of(inquiry.pk),
        "bid": before,
        "open": inquiry.status == "open" and request.today <= inquiry.deadline,
        "form": form,
        "timetable": queries.timetable_for(inquiry.pk, link.provider_id),
    }
    return render(request, "training/provider_bid.html", context, status=REFUSED if form.errors else None)


def _terms_of(before: Any, asked: Any) -> dict[str, Any]:
    if before is None:
        return {"mode": asked.inquiry.mode, "language": asked.inquiry.language}
    return {name: getattr(before, name) for name in TERMS}


@require_http_methods(["POST"])
@by_link
def no_bid(request: Request, link: ProviderLinkHeld, token: str, inquiry_id: int) -> HttpResponseBase:
    """The provider makes no offer."""
    asked = access.inquiry_of_provider(link, inquiry_id)
    form = NoFieldsForm(request.POST)
    if carried_out(form, lambda _told: operations.decline_to_bid(asked_id=asked.pk, at=request.now)):
        messages.success(request, _("Thank you. We have noted that you make no offer."))
    else:
        messages.error(request, " ".join(str(error) for error in form.non_field_errors()))
    return redirect("training:provider-page", token)


@require_http_methods(GET_AND_POST)
@by_link
def timetable(request: Request, link: ProviderLinkHeld, token: str) -> HttpResponseBase:
    """Send a timetable of one's courses, or of the course that is offered (?inquiry=…)."""
    inquiry_id = _inquiry_id(request, link)
    form = TimetableForm(posted(request), request.FILES or None)
    sent: list[int] = []

    def send(told: Mapping[str, Any]) -> None:
        file = told["file"]
        courses = {course.code: course.pk for course in queries.courses_of(link.provider_id)}
        rows = read_timetable(
            file.name, file.read(), courses=courses, on=request.today, of_catalogue=inquiry_id is None
        )
        operations.send_timetable(
            provider_id=link.provider_id, inquiry_id=inquiry_id, filename=file.name, rows=rows, at=request.now
        )
        sent.append(len(rows))

    if carried_out(form, send):
        text = _("The timetable has been received, sessions: %(sessions)s. The Digitalisation Service looks at it.")
        messages.success(request, text % {"sessions": sent[0]})
        return redirect("training:provider-page", token)
    context = {
        "token": token,
        "provider": link.provider,
        "inquiry_id": inquiry_id,
        "form": form,
        "problems": getattr(form, "problems", ()),
    }
    return render(request, "training/provider_timetable.html", context, status=REFUSED if form.errors else None)


def _inquiry_id(request: Request, link: ProviderLinkHeld) -> int | None:
    asked = request.GET.get("inquiry", "")
    if not asked.isascii() or not asked.isdigit():
        return None
    return access.inquiry_of_provider(link, int(asked[:9])).inquiry_id


@require_GET
@by_link
def template(request: Request, link: ProviderLinkHeld, _token: str) -> HttpResponseBase:
    """The timetable's template."""
    inquiry_id = _inquiry_id(request, link)
    courses = [(course.code, course.title) for course in queries.courses_of(link.provider_id)]
    content = exports.timetable_template(courses, on=request.today, of_catalogue=inquiry_id is None)
    return download(_("timetable") + ".xlsx", XLSX, content)


@require_http_methods(GET_AND_POST)
@by_link
def session(request: Request, link: ProviderLinkHeld, token: str, session_id: int) -> HttpResponseBase:
    """One of the provider's sessions: who comes, materials, invoice."""
    found = access.session_of_provider(link, session_id)
    form = MaterialForm(posted(request), request.FILES or None)

    def add(told: Mapping[str, Any]) -> None:
        file = told["file"]
        operations.add_material(
            session_id=found.pk,
            title=told["title"],
            link=told["link"],
            filename=file.name if file else "",
            content=file.read() if file else None,
            at=request.now,
        )

    if carried_out(form, add):
        messages.success(request, _("The material has been added; those with a seat can open it."))
        return redirect("training:provider-session", token, found.pk)
    named = queries.shows_names(found, on=request.today)
    context = {
        "token": token,
        "provider": link.provider,
        "session": found,
        "people": queries.accepted_offers(found.pk)[:500] if named else (),
        "named": named,
        "attended": queries.attended_people(found.pk),
        "materials": queries.materials_of(found.pk),
        "invoice": queries.invoice_of(found.pk),
        "may_record": found.status != "cancelled" and found.starts_on <= request.today,
        "form": form,
    }
    return render(request, "training/provider_session.html", context, status=REFUSED if form.errors else None)


@require_http_methods(GET_AND_POST)
@by_link
def attendance(request: Request, link: ProviderLinkHeld, token: str, session_id: int) -> HttpResponseBase:
    """Note who was present, while names are shown."""
    found = access.session_with_names(request, link, session_id)
    recorded = queries.attended_people(found.pk) if found.status == "held" else None
    form = AttendanceForm(posted(request), offers=queries.accepted_offers(found.pk), named=True, present=recorded)
    if carried_out(
        form,
        lambda told: operations.record_attendance(
            session_id=found.pk,
            present=told["present"],
            because=told.get("because", ""),
            at=request.now,
            actor=None,
        ),
    ):
        messages.success(request, _("Attendance has been recorded."))
        return redirect("training:provider-session", token, found.pk)
    return _form(request, token, found, form, title=_("Record attendance"), button=_("Save"))


@require_http_methods(GET_AND_POST)
@by_link
def invoice(request: Request, link: ProviderLinkHeld, token: str, session_id: int) -> HttpResponseBase:
    """The reference of the session's invoice."""
    found = access.session_of_provider(link, session_id)
    before = queries.invoice_of(found.pk)
    told_before = {n: getattr(before, n) for n in ("reference", "issued_on", "amount")} if before else {}
    form = InvoiceForm(posted(request), initial=told_before)
    if carried_out(form, lambda told: operations.note_invoice(session_id=found.pk, **told, at=request.now)):
        messages.success(request, _("The invoice has been noted."))
        return redirect("training:provider-session", token, found.pk)
    text = _("Send the invoice itself as an e-invoice to the city; here is only its reference.")
    return _form(request, token, found, form, title=_("Invoice"), button=_("Save"), text=text)


@require_GET
@by_link
def material(_request: Request, link: ProviderLinkHeld, _token: str, material_id: int) -> HttpResponseBase:
    """A material that was sent."""
    found = access.material_of_provider(link, material_id)
    return download(found.filename or "material", "application/octet-stream", bytes(found.content or b""))


@require_http_methods(GET_AND_POST)
@by_link
def remove_material(request: Request, link: ProviderLinkHeld, token: str, material_id: int) -> HttpResponseBase:
    """Take a material back."""
    found = access.material_of_provider(link, material_id)
    form = NoFieldsForm(posted(request))
    if carried_out(form, lambda _told: operations.remove_material(material_id=found.pk, at=request.now)):
        messages.success(request, _("The material has been deleted."))
        return redirect("training:provider-session", token, found.session_id)
    title = _("Delete the material")
    session = access.session_of_provider(link, found.session_id)
    return _form(request, token, session, form, title=title, button=title, text=found.title, danger=True)


def _form(
    request: Request,
    token: str,
    found: access.TrainingSession,
    form: Any,
    *,
    title: str,
    button: str,
    text: str = "",
    danger: bool = False,
) -> HttpResponse:
    back = (reverse("training:provider-session", args=(token, found.pk)), found.course.title)
    lead = f"{found.course.title}, {day(found.starts_on)}"
    return form_page(request, form, title=title, button=button, back=back, lead=lead, text=text, danger=danger)
