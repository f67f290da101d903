"""Addresses of the whole application."""

from django.urls import include, path

from kazipot.project.views import accounts, desk
from kazipot.strategy import views as strategy

handler400 = "kazipot.project.views.errors.bad_request"
handler403 = "kazipot.project.views.errors.not_allowed"
handler404 = "kazipot.project.views.errors.not_found"
handler500 = "kazipot.project.views.errors.broken"

urlpatterns = [
    path("", strategy.public, name="public"),
    path("desk/", desk.desk, name="desk"),
    path("healthz", desk.health, name="health"),
    path("sign-in/", accounts.SignIn.as_view(), name="sign-in"),
    path("sign-out/", accounts.SignOut.as_view(), name="sign-out"),
    path("account/", accounts.account, name="account"),
    path("language/", accounts.set_language, name="set-language"),
    path("accessibility/", accounts.accessibility, name="accessibility"),
    path("organisation/", include("kazipot.organisation.urls")),
    path("framework/", include("kazipot.framework.urls")),
    path("advisors/", include("kazipot.advisors.urls")),
    path("needs/", include("kazipot.needs.urls")),
    path("training/", include("kazipot.training.urls")),
    path("hiring/", include("kazipot.hiring.urls")),
    path("credentials/", include("kazipot.foundation.credentials.urls")),
    path("verification/", include("kazipot.verification.urls")),
    path("", include("kazipot.strategy.urls")),
]
