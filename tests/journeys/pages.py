"""The access tables of all rooms, side by side."""

from tests.access_table import Page
from tests.advisors.test_access import PAGES as ADVISORS
from tests.foundation.credentials.test_access import PAGES as CREDENTIALS
from tests.framework.test_access import PAGES as FRAMEWORK
from tests.hiring.test_access import PAGES as HIRING
from tests.needs.test_access import PAGES as NEEDS
from tests.organisation.test_access import PAGES as ORGANISATION
from tests.project.test_access import PAGES as PROJECT
from tests.strategy.test_access import PAGES as STRATEGY
from tests.training.test_access import PAGES as TRAINING
from tests.verification.test_access import PAGES as VERIFICATION
from tests.verification.test_duty_access import PAGES as DUTY

WITHOUT_MARKUP = {
    "credentials:issuer",
    "credentials:status",
    "advisors:decision",
    "advisors:digest-document",
    "advisors:meeting-calendar",
    "health",
    "needs:analysis-chart",
    "needs:analysis-document",
    "needs:export",
    "needs:questionnaire-file",
    "strategy:chart",
    "strategy:export",
    "strategy:open-data",
    "strategy:public-chart",
    "training:certificate-badge",
    "training:certificate-pdf",
    "training:offer-calendar",
    "training:own-calendar",
    "training:plan-chart",
    "training:sheet",
    "training:sheet-table",
    "verification:forecast-chart",
    "verification:certificate-badge",
    "verification:certificate-pdf",
    "verification:item-picture",
}
"""Addresses that give a picture or data, not a page."""


def all_pages() -> list[Page]:
    """Every line of every room's table."""
    return [
        *PROJECT,
        *ORGANISATION,
        *FRAMEWORK,
        *ADVISORS,
        *NEEDS,
        *TRAINING,
        *HIRING,
        *VERIFICATION,
        *DUTY,
        *CREDENTIALS,
        *STRATEGY,
    ]
