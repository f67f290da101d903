"""Addresses of M3."""

from django.urls import path

from kazipot.training.views import catalogue, inquiries, plans, provider_page, sessions, suppliers, supply

app_name = "training"
urlpatterns = [
    path("courses/", catalogue.courses, name="courses"),
    path("courses/new/", catalogue.new_course, name="new-course"),
    path("courses/import/", supply.upload, name="catalogue-import"),
    path("courses/import/<int:upload_id>/", supply.preview, name="catalogue-preview"),
    path("courses/<slug:code>/", catalogue.course, name="course"),
    path("providers/", catalogue.providers, name="providers"),
    path("providers/new/", catalogue.new_provider, name="new-provider"),
    path("providers/<slug:code>/", suppliers.provider, name="provider"),
    path("providers/<slug:code>/change/", suppliers.change, name="change-provider"),
    path("providers/<slug:code>/contacts/new/", suppliers.new_contact, name="new-contact"),
    path("providers/<slug:code>/contacts/<int:contact_id>/remove/", suppliers.remove_contact, name="remove-contact"),
    path("providers/<slug:code>/contacts/<int:contact_id>/link/", suppliers.send_link, name="send-provider-link"),
    path("providers/<slug:code>/links/revoke/", suppliers.revoke_links, name="revoke-provider-links"),
    path("providers/<slug:code>/contracts/new/", suppliers.new_contract, name="new-contract"),
    path("contracts/<int:contract_id>/", suppliers.contract, name="contract"),
    path("contracts/<int:contract_id>/annex/", suppliers.annex, name="annex"),
    path("inquiries/", inquiries.inquiries, name="inquiries"),
    path("inquiries/new/", inquiries.new_inquiry, name="new-inquiry"),
    path("inquiries/<int:inquiry_id>/", inquiries.inquiry, name="inquiry"),
    path("inquiries/<int:inquiry_id>/decide/", inquiries.decide, name="decide"),
    path("inquiries/<int:inquiry_id>/call-off/", inquiries.call_off, name="call-off"),
    path("inquiries/<int:inquiry_id>/course/", inquiries.take_up, name="take-up"),
    path("inquiries/<int:inquiry_id>/offers/<int:bid_id>/file/", inquiries.bid_file, name="bid-file"),
    path("timetables/<int:timetable_id>/", inquiries.timetable, name="timetable"),
    path("need-and-seats/", supply.supply_match, name="supply-match"),
    path("need-and-seats/<int:year>/chart.svg", supply.supply_chart, name="supply-chart"),
    path("materials/<int:material_id>/", supply.material, name="material"),
    path("for-providers/<str:token>/", provider_page.page, name="provider-page"),
    path("for-providers/<str:token>/inquiries/<int:inquiry_id>/", provider_page.bid, name="provider-bid"),
    path("for-providers/<str:token>/inquiries/<int:inquiry_id>/no/", provider_page.no_bid, name="provider-no-bid"),
    path("for-providers/<str:token>/timetable/", provider_page.timetable, name="provider-timetable"),
    path("for-providers/<str:token>/timetable/template.xlsx", provider_page.template, name="provider-template"),
    path("for-providers/<str:token>/sessions/<int:session_id>/", provider_page.session, name="provider-session"),
    path(
        "for-providers/<str:token>/sessions/<int:session_id>/attendance/",
        provider_page.attendance,
        name="provider-attendance",
    ),
    path(
        "for-providers/<str:token>/sessions/<int:session_id>/invoice/", provider_page.invoice, name="provider-invoice"
    ),
    path(
        "for-providers/<str:token>/materials/<int:material_id>/", provider_page.material_file, name="provider-material"
    ),
    path(
        "for-providers/<str:token>/materials/<int:material_id>/delete/",
        provider_page.remove_material,
        name="provider-remove-material",
    ),
    path("sessions/new/", sessions.new_session, name="new-session"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/<int:session_id>/", sessions.session, name="session"),
    path("sessions/<int:session_id>/offer-seats/", sessions.offer_seats, name="offer-seats"),
    path("sessions/<int:session_id>/attendance/", sessions.attendance, name="attendance"),
    path("sessions/<int:session_id>/cancel/", sessions.cancel, name="cancel"),
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", plans.new_plan, name="new-plan"),
    path("plans/<int:plan_id>/", plans.plan, name="plan"),
    path("plans/<int:plan_id>/chart.svg", plans.chart, name="plan-chart"),
    path("plans/<int:plan_id>/people/", plans.people, name="plan-people"),
    path("offer/<str:token>/", sessions.offer, name="offer"),
    path("own/", sessions.own, name="own"),
    path("own/<int:offer_id>/answer/", sessions.answer, name="answer"),
]
