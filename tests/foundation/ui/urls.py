"""Addresses for the tests of the look: the page of every component, and the pages that the frame links to."""

from django.urls import path

from kazipot.project.views import accounts
from tests.foundation.ui import style_page

handler403 = "kazipot.project.views.errors.not_allowed"
handler404 = "kazipot.project.views.errors.not_found"
handler500 = "kazipot.project.views.errors.broken"

urlpatterns = [
    path("", style_page.show, name="public"),
    path("form/", style_page.fill_in, name="form"),
    path("sign-in/", accounts.SignIn.as_view(), name="sign-in"),
    path("sign-out/", accounts.SignOut.as_view(), name="sign-out"),
    path("account/", accounts.account, name="account"),
    path("language/", accounts.set_language, name="set-language"),
    path("accessibility/", accounts.accessibility, name="accessibility"),
    path("desk/", style_page.show, name="desk"),
    path("my-advisor/", style_page.show, name="who-advises"),
    path("forbidden/", style_page.forbidden),
    path("broken/", style_page.broken),
]
