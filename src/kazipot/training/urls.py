"""Addresses of M3."""

from django.urls import path

from kazipot.training.views import catalogue, certificates, evaluating, evaluation, outlook, plans, sessions

app_name = "training"
urlpatterns = [
    path("courses/", catalogue.courses, name="courses"),
    path("courses/new/", catalogue.new_course, name="new-course"),
    path("courses/<slug:code>/", catalogue.course, name="course"),
    path("providers/", catalogue.providers, name="providers"),
    path("providers/new/", catalogue.new_provider, name="new-provider"),
    path("sessions/new/", sessions.new_session, name="new-session"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/<int:session_id>/", sessions.session, name="session"),
    path("sessions/<int:session_id>/offer-seats/", sessions.offer_seats, name="offer-seats"),
    path("sessions/<int:session_id>/attendance/", sessions.attendance, name="attendance"),
    path("sessions/<int:session_id>/cancel/", sessions.cancel, name="cancel"),
    path("evaluation/", evaluation.results, name="evaluation"),
    path("evaluation/course/<slug:code>/", evaluation.course, name="evaluation-course"),
    path("evaluation/units/", evaluating.unit_asks, name="unit-asks"),
    path("evaluation/units/<int:ask_id>/", evaluating.unit_answer, name="unit-answer"),
    path("sessions/<int:session_id>/evaluation-slips/", evaluation.slips, name="evaluation-slips"),
    path("how-was-it/", evaluating.enter, name="evaluate-enter"),
    path("how-was-it/<str:token>/", evaluating.by_link, name="evaluate"),
    path("own/evaluations/", evaluating.own, name="own-evaluations"),
    path("own/evaluations/<int:ask_id>/", evaluating.own_answer, name="own-evaluate"),
    path("outlook/", outlook.outlook, name="outlook"),
    path("outlook/chart.svg", outlook.outlook_chart, name="outlook-chart"),
    path("outlook/anew/", outlook.outlook_anew, name="outlook-anew"),
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", plans.new_plan, name="new-plan"),
    path("plans/<int:plan_id>/", plans.plan, name="plan"),
    path("plans/<int:plan_id>/chart.svg", plans.chart, name="plan-chart"),
    path("plans/<int:plan_id>/people/", plans.people, name="plan-people"),
    path("offer/<str:token>/", sessions.offer, name="offer"),
    path("own/", sessions.own, name="own"),
    path("own/certificates/", certificates.certificates, name="certificates"),
    path("own/certificates/<int:session_id>/issue/", certificates.issue_certificate, name="issue-certificate"),
    path("own/certificates/<int:certificate_id>/pdf/", certificates.certificate_pdf, name="certificate-pdf"),
    path("own/certificates/<int:certificate_id>/badge/", certificates.certificate_badge, name="certificate-badge"),
    path("own/<int:offer_id>/answer/", sessions.answer, name="answer"),
]
