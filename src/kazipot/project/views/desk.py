"""The desk: what the person signed in should do next, by their roles."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from kazipot.advisors import queries as advisors
from kazipot.hiring import queries as hiring
from kazipot.needs import queries as needs
from kazipot.organisation.access import Request
from kazipot.strategy.queries import duty_rule
from kazipot.training import queries as training
from kazipot.verification import queries as verification


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do, and where."""

    text: str
    address: str
    urgent: bool


@require_GET
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """Tasks, the urgent ones first."""
    asked: Request = request  # type: ignore[assignment]
    tasks = [
        task
        for find in (
            _for_me,
            _evaluations,
            _advising,
            _vacancies,
            _nominations,
            _campaigns,
            _slips,
        _seats,
            _outlook,
            _sessions,
            _postings,
            _duties,
        )
        for task in find(asked)
    ]  # fmt: skip
    tasks.sort(key=lambda task: not task.urgent)
    person = asked.actor.person
    contacts = advisors.contacts_of(person, on=asked.today) if person and asked.actor.may("advisors.find_own") else []
    names = [advisor.person_name for contact in contacts for advisor in contact.advisors]
    context = {"tasks": tasks, "contacts": contacts, "names": list(dict.fromkeys(names))}
    return render(request, "project/desk.html", context)


@require_GET
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Whether the application and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def _for_me(request: Request) -> list[Task]:
    """My own questionnaire and seats."""
    person = request.actor.person
    if person is None:
        return []
    found = []
    waiting = training.offers_of(person.pk).filter(
        state="offered", answer_by__gte=request.today, session__status="planned"
    )
    if number := waiting.count():
        text = ngettext("%(number)s seat waits for your answer.", "%(number)s seats wait for your answer.", number) % {
            "number": number
        }
        found.append(Task(text, reverse("training:own"), urgent=True))
    if advisors.nominations_to_answer(person.pk).exists():
        text = _("You have been proposed as digital advisor. Say whether you agree.")
        found.append(Task(text, reverse("advisors:own"), urgent=True))
    if needs.campaigns_to_answer(person.pk, on=request.today):
        found.append(Task(_("Tell us what you need to learn."), reverse("needs:own"), urgent=True))
    return found


def _evaluations(request: Request) -> list[Task]:
    """Trainings of mine, or of my units' people, about which I am asked."""
    found = []
    person = request.actor.person
    number = training.asks_of(person.pk, request.today).count() if person else 0
    if number:
        text = ngettext(
            "Tell us how it was: %(number)s training waits for your opinion.",
            "Tell us how it was: %(number)s trainings wait for your opinion.",
            number,
        )
        found.append(Task(text % {"number": number}, reverse("training:own-evaluations"), urgent=False))
    units = request.actor.reach("training.answer_for_unit").unit_ids
    if units and training.unit_asks(units, request.today).filter(answer=None).exists():
        text = _("Say how many of your people use what they learnt.")
        found.append(Task(text, reverse("training:unit-asks"), urgent=False))
    return found


def _advising(request: Request) -> list[Task]:
    """Questions that wait for an answer, tasks and notes that are owed."""
    person = request.actor.person
    service = request.actor.may("advisors.lead")
    questions = advisors.questions_waiting(person.pk if person else None, service=service)
    found = []
    if questions:
        text = ngettext(
            "%(number)s question waits for your answer.", "%(number)s questions wait for your answer.", questions
        )
        found.append(Task(text % {"number": questions}, reverse("advisors:threads"), urgent=True))
    if person is None or not request.actor.may("advisors.advise"):
        return found
    if number := advisors.shares_to_do(person.pk).count():
        text = ngettext("%(number)s task is to be done.", "%(number)s tasks are to be done.", number)
        found.append(Task(text % {"number": number}, reverse("advisors:tasks"), urgent=True))
    if any(row.missing for row in advisors.owed_by(person.pk, on=request.today)):
        found.append(Task(_("Write this quarter's note."), reverse("advisors:new-note"), urgent=False))
    return found


def _vacancies(request: Request) -> list[Task]:
    """Units without an advisor."""
    if not request.actor.may("advisors.appoint"):
        return []
    vacant = sum(row.vacant for row in advisors.coverage(request.today))
    if not vacant:
        return [Task(_("Every unit that must have an advisor has one."), reverse("advisors:units"), urgent=False)]
    text = ngettext("%(number)s unit has no advisor.", "%(number)s units have no advisor.", vacant)
    return [Task(text % {"number": vacant}, reverse("advisors:units"), urgent=True)]


def _nominations(request: Request) -> list[Task]:
    """Nominations to confirm; and, for a head, a unit of theirs without an advisor."""
    if request.actor.may("advisors.appoint"):
        number = advisors.nominations_to_confirm()
        if not number:
            return []
        text = ngettext(
            "%(number)s proposed advisor waits for your confirmation.",
            "%(number)s proposed advisors wait for your confirmation.",
            number,
        )
        return [Task(text % {"number": number}, reverse("advisors:nominations"), urgent=True)]
    reach = request.actor.reach("advisors.nominate")
    rows = [
        row for row in (advisors.coverage(request.today) if reach else ())
        if row.vacant and reach.covers(employer_id=row.unit.employer_id, unit_id=row.unit.id)
    ]  # fmt: skip
    return [
        Task(
            _("%(unit)s has no digital advisor. Propose one.") % {"unit": row.unit.name},
            reverse("advisors:unit", args=(row.unit.employer_code, row.unit.code)), urgent=True,
        )
        for row in rows
    ]  # fmt: skip


def _campaigns(request: Request) -> list[Task]:
    """Surveys to open, follow, close and make an analysis of."""
    if not request.actor.may("needs.run_campaigns"):
        return []
    found = [_campaign(campaign, step) for campaign, step in needs.campaigns_to_run(request.today)]
    if not needs.was_asked(request.today.year):
        text = _("Nobody has been asked this year. Draft the survey of training needs.")
        found.append(Task(text, reverse("needs:new-campaign"), urgent=True))
    return found or [Task(_("See how the surveys of needs went."), reverse("needs:campaigns"), urgent=False)]


def _campaign(campaign: Any, step: str) -> Task:
    """What is to be done next with a survey."""
    texts = {
        "open": _("Look through the draft and open it: %(title)s."),
        "collect": _("People are answering. See how many: %(title)s."),
        "close": _("The last day for answers has passed. Close the survey: %(title)s."),
        "publish": _("The survey is closed. Publish the analysis: %(title)s."),
    }
    return Task(
        texts[step] % {"title": campaign.title}, reverse("needs:campaign", args=[campaign.pk]), step != "collect"
    )


def _slips(request: Request) -> list[Task]:
    """Slips to print for people without an e-mail address."""
    reach = request.actor.reach("needs.print_letters")
    if not reach:
        return []
    found = []
    for campaign in needs.campaigns(reach).filter(status="open", closes_on__gte=request.today):
        people = sum(row.people for row in needs.letters_waiting(campaign, reach, on=request.today))
        if people:
            text = ngettext(
                "%(number)s person without an e-mail address has not answered yet. Print slips: %(title)s.",
                "%(number)s people without an e-mail address have not answered yet. Print slips: %(title)s.",
                people,
            ) % {"number": people, "title": campaign.title}
            found.append(Task(text, reverse("needs:campaign", args=[campaign.pk]), urgent=False))
    return found


def _outlook(request: Request) -> list[Task]:
    """The year's target of training, when it is in danger."""
    found = training.latest_outlook(request.today) if request.actor.may("training.plan") else None
    if found is None or not found.is_alert:
        return []
    text = _("The year's target of training is in danger. See what helps, and until when.")
    return [Task(text, reverse("training:outlook"), urgent=True)]


def _seats(request: Request) -> list[Task]:
    """Slips for offered seats to print; answers of people with neither e-mail nor phone to note."""
    found = []
    if reach := request.actor.reach("training.print_slips"):
        waiting = training.slips_by_employer(None if reach.everywhere else reach.employer_ids, on=request.today)
        if slips := sum(waiting.values()):
            text = ngettext(
                "%(number)s offered seat waits for a slip on paper.",
                "%(number)s offered seats wait for a slip on paper.",
                slips,
            )
            found.append(Task(text % {"number": slips}, reverse("training:slips"), urgent=True))
    if reach := request.actor.reach("training.head_desk"):
        people = training.answers_to_note(reach.unit_ids, on=request.today)
        if people:
            text = ngettext(
                "%(number)s person tells you whether they take a seat. Note the answer.",
                "%(number)s people tell you whether they take a seat. Note the answers.",
                people,
            )
            found.append(Task(text % {"number": people}, reverse("training:head-desk"), urgent=True))
    return found


def _sessions(request: Request) -> list[Task]:
    """Sessions that have taken place and have no attendance yet."""
    if not request.actor.may("training.record_attendance"):
        return []
    rows = training.sessions().filter(status="planned", starts_on__lte=request.today)
    if not request.actor.may("training.offer_seats"):
        rows = rows.filter(trainer=request.actor.user)
    number = rows.count()
    if not number:
        return [Task(_("Look at the sessions that are planned."), reverse("training:sessions"), urgent=False)]
    text = ngettext(
        "%(number)s session has no attendance recorded.", "%(number)s sessions have no attendance recorded.", number
    )
    return [Task(text % {"number": number}, reverse("training:sessions"), urgent=True)]


def _postings(request: Request) -> list[Task]:
    """Postings of this year, within reach, that require no digital competence though they must."""
    reach = request.actor.reach("hiring.change")
    if not reach:
        return []
    rows = hiring.failing_postings(request.today)
    number = rows.count() if reach.everywhere else rows.filter(employer_id__in=reach.employer_ids).count()
    if not number:
        return []
    text = ngettext(
        "%(number)s posting requires no digital competence.",
        "%(number)s postings require no digital competence.",
        number,
    )
    return [Task(text % {"number": number}, reverse("hiring:postings"), urgent=True)]


def _duties(request: Request) -> list[Task]:
    """People who are due for digital security, within reach."""
    reach = request.actor.reach("verification.see_duties")
    if not reach:
        return []
    rule = duty_rule()
    rows = verification.duties_by_unit(request.today, months=rule.months, grace_months=rule.grace_months)
    due = sum(row.due for row in rows if reach.covers(employer_id=row.unit.employer_id, unit_id=row.unit.id))
    if not due:
        return []
    text = ngettext(
        "%(number)s employee is due for training or verification in digital security.",
        "%(number)s employees are due for training or verification in digital security.",
        due,
    )
    return [Task(text % {"number": due}, reverse("verification:duties"), urgent=True)]
