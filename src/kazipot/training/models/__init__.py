"""Records of M3: from a provider's course to a person's seat and attendance."""

from kazipot.training.models.catalogue import Course, CourseCompetence, Provider
from kazipot.training.models.certificates import AttendanceCertificate
from kazipot.training.models.line import Objection, Swap, WaitingEntry
from kazipot.training.models.plans import PlannedOutcome, TrainingPlan
from kazipot.training.models.seats import Attendance, SeatOffer
from kazipot.training.models.sessions import Session

__all__ = [
    "Attendance",
    "AttendanceCertificate",
    "Course",
    "CourseCompetence",
    "Objection",
    "PlannedOutcome",
    "Provider",
    "SeatOffer",
    "Session",
    "Swap",
    "TrainingPlan",
    "WaitingEntry",
]
