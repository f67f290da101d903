"""From an address to a framework or a competence, or to a 404."""

from django.http import Http404

from kazipot.framework import queries
from kazipot.framework.models import Competence, Framework
from kazipot.organisation import queries as organisation
from kazipot.organisation.models import JobProfile


def framework_to_see(code: str, version: str) -> Framework:
    """A version of a framework."""
    found = queries.framework_by_version(code, version)
    if found is None:
        raise Http404
    return found


def competence_to_see(code: str, version: str, competence_code: str) -> Competence:
    """A competence of a version."""
    found = queries.competence_by_code(framework_to_see(code, version).pk, competence_code)
    if found is None:
        raise Http404
    return found


EVERYBODY = "everybody"
"""In an address: the work of everybody, in place of a job profile's code."""


def profile_to_see(profile_code: str) -> JobProfile | None:
    """A job profile, or None for everybody's work."""
    if profile_code == EVERYBODY:
        return None
    found = organisation.job_profile_by_code(profile_code)
    if found is None:
        raise Http404
    return found
