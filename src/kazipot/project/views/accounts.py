"""Signing in and out, the account, the language, and the accessibility statement."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kazipot.foundation import accounts
from kazipot.organisation.access import Request

FAULTY = 422
YEAR = 365 * 24 * 3600
NOT_RIGHT = gettext_lazy("The user name or the password is not right. Check capital letters and try again.")


class SignInForm(AuthenticationForm):
    """User name and password, with one message for everything that can be wrong with them."""

    error_messages = {"invalid_login": NOT_RIGHT, "inactive": NOT_RIGHT}

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = gettext_lazy("User name")


class NewPasswordForm(PasswordChangeForm):
    """The old password and the new one twice, with what a good one needs in one plain sentence."""

    error_messages = {
        "password_mismatch": gettext_lazy("The two new passwords are not the same. Type them again."),
        "password_incorrect": gettext_lazy("This is not your present password. Type it again."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "old_password": gettext_lazy("Present password"),
            "new_password1": gettext_lazy("New password"),
            "new_password2": gettext_lazy("New password once more"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].help_text = ""
            self.fields[name].widget.attrs.pop("autofocus", None)
        self.fields["new_password1"].help_text = gettext_lazy(
            "At least 12 characters; not your name and not a password that many people use. "
            "A few unconnected words are best."
        )


class LanguageForm(forms.Form):
    """The language in which the account reads."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of the pages"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )


class SignIn(LoginView):
    """The sign-in page."""

    template_name = "project/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Show the form again, with the status that says that it was faulty."""
        response = super().form_invalid(form)
        response.status_code = FAULTY
        return response


class SignOut(LogoutView):
    """Signing out; by POST only."""


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """The own account: who one is here, the language, and a new password."""
    asked = cast(Request, request)
    user = asked.actor.user
    assert user is not None  # login_required stands before
    form = NewPasswordForm(user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        changed = accounts.change_password(user_id=user.pk, password=form.cleaned_data["new_password1"], at=asked.now)
        update_session_auth_hash(request, changed)
        messages.success(request, _("Your password has been changed."))
        return redirect("account")
    context = {
        "form": form,
        "language_form": LanguageForm(initial={"language": user.language}),
        "roles": [role.label for role in sorted(asked.actor.roles)],
        "person": asked.actor.person,
    }
    return render(request, "project/account.html", context, status=FAULTY if form.errors else None)


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the language: in a cookie, and with the account if there is one; then back to where one was."""
    asked = cast(Request, request)
    language = request.POST.get("language", "")
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = "/"
    response = redirect(target)
    if language not in dict(settings.LANGUAGES):
        return response
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
    if asked.actor.user is not None:
        accounts.choose_language(user_id=asked.actor.user.pk, language=language, at=asked.now)
        if request.POST.get("from") == "account":
            with override(language):
                messages.success(request, _("The language has been changed."))
    return response


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "project/accessibility.html")
