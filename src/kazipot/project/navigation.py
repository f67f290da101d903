"""What the menu offers to whom: rooms that the actor may enter, in groups, the present page marked."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


class Room(NamedTuple):
    """An entry that the menu may have: the name of a page, the capability that opens it (or none), and words."""

    page: str
    capability: str | None
    name: Promise


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the menu."""

    name: Promise
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Links that belong together, under one heading."""

    name: Promise
    entries: tuple[Entry, ...]


SIGNED_IN: tuple[tuple[Promise, tuple[Room, ...]], ...] = (
    (
        pgettext_lazy("menu", "For me"),
        (
            Room("desk", None, pgettext_lazy("menu", "My desk")),
            Room("advisors:own", "advisors.find_own", pgettext_lazy("menu", "My advisor")),
            Room("advisors:threads", "advisors.contact", pgettext_lazy("menu", "Questions")),
            Room("advisors:desk", "advisors.advise", pgettext_lazy("menu", "Advisor's desk")),
            Room("needs:own", "needs.see_own", pgettext_lazy("menu", "My needs")),
            Room("training:own", "training.see_own", pgettext_lazy("menu", "My training")),
            Room("verification:own", "verification.see_own", pgettext_lazy("menu", "My verification")),
            Room("own-file", "training.see_own", pgettext_lazy("menu", "My data")),
        ),
    ),
    (
        pgettext_lazy("menu", "Programme"),
        (
            Room("strategy:indicators", "strategy.see_indicators", pgettext_lazy("menu", "Indicators")),
            Room("advisors:units", "advisors.see", pgettext_lazy("menu", "Advisors")),
            Room("advisors:notes", "advisors.see_watch", pgettext_lazy("menu", "Digital watch")),
            Room("advisors:meetings", "advisors.meet", pgettext_lazy("menu", "Meetings")),
            Room("needs:campaigns", "needs.see_campaigns", pgettext_lazy("menu", "Surveys of needs")),
            Room("needs:analyses", "needs.see_analyses", pgettext_lazy("menu", "Analyses")),
            Room("training:courses", "training.see_catalogue", pgettext_lazy("menu", "Courses")),
            Room("training:sessions", "training.see_catalogue", pgettext_lazy("menu", "Sessions")),
            Room("training:inquiries", "training.see_supply", pgettext_lazy("menu", "Offers sought")),
            Room("training:outlook", "training.see_outlook", pgettext_lazy("menu", "Training: forecast")),
            Room("training:evaluation", "training.see_evaluations", pgettext_lazy("menu", "Training: evaluation")),
            Room("training:plans", "training.plan", pgettext_lazy("menu", "Training plans")),
            Room("training:head-desk", "training.head_desk", pgettext_lazy("menu", "Seats of my people")),
            Room("training:slips", "training.print_slips", pgettext_lazy("menu", "Slips for seats")),
            Room("hiring:postings", "hiring.see", pgettext_lazy("menu", "Job postings")),
            Room("hiring:profiles", "hiring.see_profiles", pgettext_lazy("menu", "Demands of posts")),
            Room("verification:duties", "verification.see_duties", pgettext_lazy("menu", "Verification")),
            Room("verification:talks", "verification.hold_talks", pgettext_lazy("menu", "Talks about tests")),
            Room("verification:items", "verification.write_items", pgettext_lazy("menu", "Test items")),
        ),
    ),
    (
        pgettext_lazy("menu", "Basics"),
        (
            Room("organisation:units", "organisation.see_units", pgettext_lazy("menu", "Units")),
            Room("organisation:people", "organisation.see_people", pgettext_lazy("menu", "Employees")),
            Room("framework:frameworks", "framework.see", pgettext_lazy("menu", "Competences")),
            Room("organisation:roles", "organisation.grant_roles", pgettext_lazy("menu", "Roles")),
            Room("organisation:audit", "organisation.see_audit", pgettext_lazy("menu", "Audit trail")),
        ),
    ),
)


def address_of(page: str) -> str | None:
    """Where a page is; None while there is no such page."""
    try:
        return reverse(page)
    except NoReverseMatch:
        return None


def menu_for(actor: Any, here: str) -> tuple[Group, ...]:
    """The menu of an actor who looks at the address `here`; nothing for who isn't signed in."""
    if actor is None or actor.user is None:
        return ()
    offered = [
        (name, [room for room in rooms if room.capability is None or actor.may(room.capability)])
        for name, rooms in SIGNED_IN
    ]
    addresses = [address for _, rooms in offered for room in rooms if (address := address_of(room.page))]
    current = max((address for address in addresses if here.startswith(address)), key=len, default=None)
    groups = (
        Group(
            name,
            tuple(
                Entry(room.name, address, address == current) for room in rooms if (address := address_of(room.page))
            ),
        )
        for name, rooms in offered
    )
    return tuple(group for group in groups if group.entries)


def way_to_advisor(actor: Any, secret: str) -> str:
    """Where who asks sees their advisor: signed in, by the secret of the personal link they came with, or by a code."""
    if actor is None or actor.user is None:
        return reverse("who-advises-link", args=[secret]) if secret else reverse("who-advises")
    return reverse("advisors:own") if actor.may("advisors.find_own") else reverse("advisors:directory")


def navigation(request: HttpRequest) -> dict[str, object]:
    """The rooms that the person asking may enter, and the way to their advisor, which stands on every page."""
    actor, match = getattr(request, "actor", None), request.resolver_match
    secret = str(match.kwargs.get("token", "")) if match is not None else ""
    return {"navigation": menu_for(actor, request.path), "way_to_advisor": way_to_advisor(actor, secret)}
