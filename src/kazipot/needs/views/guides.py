"""Pages for the interview guide of a year and for what people agree to, on the screen and on paper."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kazipot.foundation.errors import DomainError
from kazipot.foundation.ui.form_page import REFUSED, carried_out, form_page, posted
from kazipot.needs import access, operations, queries
from kazipot.needs.forms import ConsentForm, GuideForm
from kazipot.organisation.access import Request, requires, user_of

GET_AND_POST = ["GET", "POST"]


@require_GET
@requires("needs.interview")
def guide(request: Request, year: int) -> HttpResponse:
    """What is asked in a year's interviews; every version, and a draft that waits for approval."""
    found, questions = access.guide_to_read(request, year)
    context = {"year": year, "guide": found, "questions": questions, "versions": queries.guides_of(year)}
    return render(request, "needs/guide.html", context)


@require_http_methods(GET_AND_POST)
@requires("needs.interview")
def edit_guide(request: Request, year: int) -> HttpResponse:
    """Change the guide: a draft is made, or the one that is there is replaced."""
    versions = queries.guides_of(year)
    questions = queries.questions_of(versions[0]) if versions else queries.questions_to_begin_with(year)
    form = GuideForm(posted(request), questions=questions)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.draft_guide(year=year, questions=form.questions(), at=request.now, actor=user_of(request))
        except DomainError as error:
            problem = str(error)
        else:
            messages.success(request, _("The guide has been saved as a draft. Approve it, and interviews use it."))
            return redirect(f"{reverse('needs:guide', args=[year])}?version={made.version}")
    context = {"year": year, "formset": form.formset, "problem": problem}
    refused = problem or (request.method == "POST" and not form.is_valid())
    return render(request, "needs/edit_guide.html", context, status=REFUSED if refused else None)


@require_POST
@requires("needs.interview")
def approve_guide(request: Request, guide_id: int) -> HttpResponse:
    """Interviews of the year are held by this version from now on."""
    found = access.guide_to_change(request, guide_id)
    try:
        operations.approve_guide(guide_id=found.pk, at=request.now, actor=user_of(request))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The guide has been approved."))
    return redirect("needs:guide", found.year)


@require_GET
@requires("needs.interview")
def print_guide(request: Request, year: int) -> HttpResponse:
    """The guide to take along, with room to write."""
    found, questions = access.guide_to_read(request, year)
    context = {
        "year": year,
        "guide": found,
        "questions": questions,
        "language": access.language_to_print(request),
    }
    return render(request, "needs/print_guide.html", context)


@require_GET
@requires("needs.interview")
def consent(request: Request) -> HttpResponse:
    """What people agree to before an interview."""
    version, text = access.consent_to_read(request)
    return render(request, "needs/consent.html", {"consent_version": version, "text": text})


@require_http_methods(GET_AND_POST)
@requires("needs.interview")
def change_consent(request: Request) -> HttpResponse:
    """Write a new version of the consent text."""
    _version, text = access.consent_to_read(request)
    form = ConsentForm(posted(request), initial={"text_sl": text["sl"], "text_en": text["en"]})
    if carried_out(
        form,
        lambda told: operations.write_consent(
            text_sl=told["text_sl"], text_en=told["text_en"], at=request.now, actor=user_of(request)
        ),
    ):
        messages.success(request, _("The new version of the consent text is in use."))
        return redirect("needs:consent")
    title = _("Change the consent text")
    back = (reverse("needs:consent"), _("Consent to an interview"))
    text_below = _("This makes a new version. Interviews planned or recorded before keep the version they had.")
    return form_page(request, form, title=title, button=_("Save as a new version"), back=back, text=text_below)


@require_GET
@requires("needs.interview")
def print_consent(request: Request) -> HttpResponse:
    """The sheet on which people agree."""
    version, text = access.consent_to_read(request)
    language = access.language_to_print(request)
    context = {"consent_version": version, "text": text[language], "language": language}
    return render(request, "needs/print_consent.html", context)
