"""Addresses of M1."""

from django.urls import path

from kazipot.advisors.views import appointments, directory, nominations, rules

app_name = "advisors"
urlpatterns = [
    path("", appointments.units, name="units"),
    path("mine/", directory.own, name="own"),
    path("units/<str:employer_code>/<str:unit_code>/", appointments.unit, name="unit"),
    path("units/<str:employer_code>/<str:unit_code>/appoint/", appointments.appoint, name="appoint"),
    path("units/<str:employer_code>/<str:unit_code>/nominate/", nominations.nominate, name="nominate"),
    path("appointments/<int:appointment_id>/end/", appointments.end, name="end"),
    path("appointments/<int:appointment_id>/replace/", appointments.replace, name="replace"),
    path("appointments/<int:appointment_id>/decision.pdf", nominations.decision, name="decision"),
    path("nominations/", nominations.nominations, name="nominations"),
    path("nominations/<int:nomination_id>/", nominations.nomination, name="nomination"),
    path("nominations/<int:nomination_id>/accept/", nominations.accept, name="accept-nomination"),
    path("nominations/<int:nomination_id>/decline/", nominations.decline, name="decline-nomination"),
    path("nominations/<int:nomination_id>/agreement/", nominations.note_agreement, name="note-agreement"),
    path("nominations/<int:nomination_id>/withdraw/", nominations.withdraw, name="withdraw-nomination"),
    path("nominations/<int:nomination_id>/refuse/", nominations.refuse, name="refuse-nomination"),
    path("nominations/<int:nomination_id>/confirm/", nominations.confirm, name="confirm-nomination"),
    path("rules/", rules.rules, name="rules"),
    path("rules/kinds/<str:kind>/", rules.rule, name="rule"),
    path("rules/exceptions/add/", rules.except_unit, name="except-unit"),
    path("rules/exceptions/<int:exception_id>/end/", rules.end_exception, name="end-exception"),
    path("rules/steps/", rules.steps, name="steps"),
    path("rules/decision/", nominations.template, name="template"),
]
