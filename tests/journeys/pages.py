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
from tests.training.test_supply_access import PAGES as SUPPLY
from tests.verification.test_access import PAGES as VERIFICATION
from tests.verification.test_duty_access import PAGES as DUTY

WITHOUT_MARKUP = {
    "credentials:issuer",
    "credentials:status",
    "advisors:decision",
    "advisors:digest-document",
    "advisors:meeting-calendar",
    "health",
    "own-file-zip",
    "needs:analysis-chart",
    "needs:analysis-document",
    "needs:export",
    "needs:questionnaire-file",
    "strategy:chart",
    "strategy:export",
    "strategy:ledger-file",
    "strategy:open-data",
    "strategy:public-chart",
    "training:bid-file",
    "training:material",
    "training:plan-chart",
    "training:provider-material",
    "training:provider-template",
    "training:supply-chart",
    "training:certificate-badge",
    "training:certificate-pdf",
    "training:offer-calendar",
    "training:offer-record",
    "training:own-calendar",
    "training:outlook-chart",
    "training:sheet",
    "training:sheet-table",
    "training:plan-input",
    "training:plan-needs-chart",
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
        *SUPPLY,
        *HIRING,
        *VERIFICATION,
        *DUTY,
        *CREDENTIALS,
        *STRATEGY,
    ]
