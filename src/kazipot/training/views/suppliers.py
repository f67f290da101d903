"""A provider as the Service sees it: contacts, contracts and prices, links to its own page."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.organisation.access import Request, requires, user_of
from kazipot.training import access, operations, queries
from kazipot.training.forms.supply import AnnexForm, ChangeProviderForm, ContactForm, ContractForm, NoFieldsForm

GET_AND_POST = ["GET", "POST"]
ONE_DAY = timedelta(days=1)


@require_GET
@requires("training.see_supply")
def provider(request: Request, code: str) -> HttpResponse:
    """A provider: whom to write to, what was agreed, which courses it gives."""
    found = access.provider_to_see(code)
    page = page_of(request, queries.contracts().filter(provider=found))
    drawn = queries.drawn([contract.pk for contract in page])
    context = {
        "provider": found,
        "contacts": queries.contacts_of(found.pk),
        "page": page,
        "contracts": [(contract, drawn[contract.pk]) for contract in page],
        "courses": queries.courses_of(found.pk)[:50],
        "links": queries.links_of(found.pk, on=request.today).count(),
        "may_buy": request.actor.may("training.buy"),
    }
    return render(request, "training/provider.html", context)


@require_http_methods(GET_AND_POST)
@requires("training.buy")
def change(request: Request, code: str) -> HttpResponse:
    """Another name or kind."""
    found = access.provider_to_see(code)
    form = ChangeProviderForm(posted(request), initial={"name": found.name, "kind": found.kind})
    if carried_out(
        form,
        lambda told: operations.change_provider(provider_id=found.pk, **told, at=request.now, actor=user_of(request)),
    ):
        messages.success(request, _("The provider has been changed."))
        return redirect("training:provider", found.code)
    return _form(request, found, form, title=_("Change the provider"), button=_("Save"))


@require_http_methods(GET_AND_POST)
@requires("training.buy")
def new_contact(request: Request, code: str) -> HttpResponse:
    """Somebody else to write to."""
    found = access.provider_to_see(code)
    form = ContactForm(posted(request))
    if carried_out(
        form,
        lambda told: operations.add_contact(provider_id=found.pk, **told, at=request.now, actor=user_of(request)),
    ):
        messages.success(request, _("The contact has been added."))
        return redirect("training:provider", found.code)
    return _form(request, found, form, title=_("Add a contact"), button=_("Add the contact"))


@require_http_methods(GET_AND_POST)
@requires("training.buy")
def remove_contact(request: Request, code: str, contact_id: int) -> HttpResponse:
    """Somebody no longer speaks for the provider."""
    found = access.provider_to_see(code)
    contact = access.contact_to_change(found, contact_id)
    form = NoFieldsForm(posted(request))
    if carried_out(
        form,
        lambda _told: operations.remove_contact(contact_id=contact.pk, at=request.now, actor=user_of(request)),
    ):
        messages.success(request, _("The contact has been removed."))
        return redirect("training:provider", found.code)
    text = _("%(name)s, %(email)s: personal links sent to this address stop working.") % {
        "name": contact.name, "email": contact.email,
    }  # fmt: skip
    title = _("Remove the contact")
    return _form(request, found, form, title=title, button=title, text=text, danger=True)


@require_http_methods(GET_AND_POST)
@requires("training.buy")
def send_link(request: Request, code: str, contact_id: int) -> HttpResponse:
    """A contact gets a link to the provider's own page."""
    found = access.provider_to_see(code)
    contact = access.contact_to_change(found, contact_id)
    form = NoFieldsForm(posted(request))
    if carried_out(
        form, lambda _told: operations.send_link(contact_id=contact.pk, at=request.now, actor=user_of(request))
    ):
        messages.success(request, _("The link is on its way to %(email)s.") % {"email": contact.email})
        return redirect("training:provider", found.code)
    text = _("%(email)s gets a personal link to the provider's own page. It works for a year.") % {
        "email": contact.email
    }
    return _form(request, found, form, title=_("Send a link"), button=_("Send the link"), text=text)


@require_http_methods(GET_AND_POST)
@requires("training.buy")
def revoke_links(request: Request, code: str) -> HttpResponse:
    """All links to the provider's own page stop working."""
    found = access.provider_to_see(code)
    form = NoFieldsForm(posted(request))
    gone: list[int] = []
    if carried_out(
        form,
        lambda _told: gone.append(
            operations.revoke_links(provider_id=found.pk, at=request.now, actor=user_of(request))
        ),
    ):
        text = ngettext("%(links)s link has been withdrawn.", "%(links)s links have been withdrawn.", gone[0])
        messages.success(request, text % {"links": gone[0]})
        return redirect("training:provider", found.code)
    text = _("Whoever holds a link to the provider's page can no longer open it. Send new ones to those who need them.")
    title = _("Withdraw all links")
    return _form(request, found, form, title=title, button=title, text=text, danger=True)


@require_http_methods(GET_AND_POST)
@requires("training.buy")
def new_contract(request: Request, code: str) -> HttpResponse:
    """A contract or framework agreement with its prices."""
    found = access.provider_to_see(code)
    form = ContractForm(posted(request))
    made: list[int] = []

    def add(told: Mapping[str, Any]) -> None:
        contract = operations.add_contract(
            provider_id=found.pk,
            kind=told["kind"],
            reference=told["reference"],
            title=told["title"],
            signed_on=told["signed_on"],
            valid_from=told["valid_from"],
            valid_to=told["last_day"] + ONE_DAY,
            budget=told["budget"],
            prices=[operations.Price(*price) for price in form.prices()],
            at=request.now,
            actor=user_of(request),
        )
        made.append(contract.pk)

    if carried_out(form, add):
        messages.success(request, _("The contract has been added."))
        return redirect("training:contract", made[0])
    return _form(request, found, form, title=_("Add a contract"), button=_("Add the contract"))


@require_GET
@requires("training.see_supply")
def contract(request: Request, contract_id: int) -> HttpResponse:
    """A contract: days, prices, what is ordered, invoiced and left."""
    found = access.contract_to_see(contract_id)
    drawn = queries.drawn([found.pk])[found.pk]
    context = {
        "contract": found,
        "last_day": found.valid_to - ONE_DAY,
        "in_force": found.valid_from <= request.today < found.valid_to,
        "prices": queries.prices_of(found.pk),
        "drawn": drawn,
        "left": found.budget - drawn.ordered,
        "page": page_of(request, queries.sessions_under(found.pk)),
        "may_buy": request.actor.may("training.buy"),
    }
    return render(request, "training/contract.html", context)


@require_http_methods(GET_AND_POST)
@requires("training.buy")
def annex(request: Request, contract_id: int) -> HttpResponse:
    """An annex changes a contract."""
    found = access.contract_to_see(contract_id)
    told_now = {"title": found.title, "last_day": found.valid_to - ONE_DAY, "budget": found.budget}
    form = AnnexForm(posted(request), initial=told_now)
    if carried_out(
        form,
        lambda told: operations.change_contract(
            contract_id=found.pk,
            title=told["title"],
            valid_to=told["last_day"] + ONE_DAY,
            budget=told["budget"],
            at=request.now,
            actor=user_of(request),
        ),
    ):
        messages.success(request, _("The contract has been changed."))
        return redirect("training:contract", found.pk)
    back = (reverse("training:contract", args=(found.pk,)), found.reference)
    return form_page(request, form, title=_("Change the contract"), button=_("Save"), back=back)


def _form(
    request: Request, found: Any, form: Any, *, title: str, button: str, text: str = "", danger: bool = False
) -> HttpResponse:
    back = (reverse("training:provider", args=(found.code,)), found.name)
    return form_page(request, form, title=title, button=button, back=back, text=text, danger=danger)
