"""Records of M1."""

from kazipot.advisors.models.appointments import Appointment
from kazipot.advisors.models.decisions import Decision, DecisionTemplate
from kazipot.advisors.models.nominations import Nomination
from kazipot.advisors.models.requirements import RequirementException, RequirementRule
from kazipot.advisors.models.vacancies import EscalationStep, Vacancy, VacancyNotice

__all__ = [
    "Appointment",
    "Decision",
    "DecisionTemplate",
    "EscalationStep",
    "Nomination",
    "RequirementException",
    "RequirementRule",
    "Vacancy",
    "VacancyNotice",
]
