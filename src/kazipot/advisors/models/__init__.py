"""Records of M1."""

from kazipot.advisors.models.appointments import Appointment
from kazipot.advisors.models.assignments import Assignment, AssignmentShare, Handover, OnboardingTick
from kazipot.advisors.models.decisions import Decision, DecisionTemplate
from kazipot.advisors.models.meetings import Meeting, MeetingGuest
from kazipot.advisors.models.nominations import Nomination
from kazipot.advisors.models.notes import NoteCompetence, NoteTag, Proposal, WatchDigest, WatchNote
from kazipot.advisors.models.requirements import RequirementException, RequirementRule
from kazipot.advisors.models.threads import Announcement, ReplyKey, Thread, ThreadMessage
from kazipot.advisors.models.vacancies import EscalationStep, Vacancy, VacancyNotice

__all__ = [
    "Announcement",
    "Appointment",
    "Assignment",
    "AssignmentShare",
    "Decision",
    "DecisionTemplate",
    "EscalationStep",
    "Handover",
    "Meeting",
    "MeetingGuest",
    "Nomination",
    "NoteCompetence",
    "NoteTag",
    "OnboardingTick",
    "Proposal",
    "ReplyKey",
    "RequirementException",
    "RequirementRule",
    "Thread",
    "ThreadMessage",
    "Vacancy",
    "VacancyNotice",
    "WatchDigest",
    "WatchNote",
]
