"""Addresses of the whole application."""

from django.urls import include, path

from kazipot.advisors import urls as advisors
from kazipot.hiring import urls as hiring
from kazipot.project.views import (
    accounts,
    advisor_desk,
    candidate_codes,
    desk,
    family_profiles,
    own_file,
    who_advises,
)
from kazipot.strategy import views as strategy

handler400 = "kazipot.project.views.errors.bad_request"
handler403 = "kazipot.project.views.errors.not_allowed"
handler404 = "kazipot.project.views.errors.not_found"
handler500 = "kazipot.project.views.errors.broken"

ADVISOR_DESK = [
    path("desk/", advisor_desk.desk, name="desk"),
    path("profile/", advisor_desk.profile, name="profile"),
]
"""Pages of M1 that rooms beside and above it have a part in: they are put together here, on the roof."""
HIRING_WITH_OTHERS = [
    path("profiles/propose/<str:employer_code>/<path:family>/", family_profiles.propose, name="propose-version"),
    path("candidates/<int:candidate_id>/code/", candidate_codes.give, name="test-code"),
]
"""Pages of M4 in which rooms beside and above it have a part."""
urlpatterns = [
    path("", strategy.public, name="public"),
    path("desk/", desk.desk, name="desk"),
    path("my-data/", own_file.own_file, name="own-file"),
    path("my-data/my-data.zip", own_file.own_file_zip, name="own-file-zip"),
    path("healthz", desk.health, name="health"),
    path("sign-in/", accounts.SignIn.as_view(), name="sign-in"),
    path("sign-out/", accounts.SignOut.as_view(), name="sign-out"),
    path("account/", accounts.account, name="account"),
    path("language/", accounts.set_language, name="set-language"),
    path("accessibility/", accounts.accessibility, name="accessibility"),
    path("my-advisor/", who_advises.by_code, name="who-advises"),
    path("my-advisor/<str:token>/", who_advises.by_link, name="who-advises-link"),
    path("organisation/", include("kazipot.organisation.urls")),
    path("framework/", include("kazipot.framework.urls")),
    path("advisors/", include(([*advisors.urlpatterns, *ADVISOR_DESK], advisors.app_name))),
    path("needs/", include("kazipot.needs.urls")),
    path("training/", include("kazipot.training.urls")),
    path("hiring/", include(([*hiring.urlpatterns, *HIRING_WITH_OTHERS], hiring.app_name))),
    path("credentials/", include("kazipot.foundation.credentials.urls")),
    path("verification/", include("kazipot.verification.urls")),
    path("", include("kazipot.strategy.urls")),
]
