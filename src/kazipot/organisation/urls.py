"""Addresses of the organisation."""

from django.urls import path

from kazipot.organisation.views import people, roles, rosters, units

app_name = "organisation"
UNIT = "units/<str:employer_code>/<str:unit_code>/"
urlpatterns = [
    path("employers/", units.employers, name="employers"),
    path("employers/new/", units.new_employer, name="new-employer"),
    path("employers/<str:employer_code>/new-unit/", units.new_unit, name="new-unit"),
    path("profiles/", units.profiles, name="profiles"),
    path("profiles/new/", units.new_profile, name="new-profile"),
    path("units/", units.units, name="units"),
    path(UNIT, units.unit, name="unit"),
    path(f"{UNIT}change/", units.change_unit, name="change-unit"),
    path(f"{UNIT}move/", units.move_unit, name="move-unit"),
    path(f"{UNIT}merge/", units.merge_unit, name="merge-unit"),
    path(f"{UNIT}split/", units.split_unit, name="split-unit"),
    path(f"{UNIT}close/", units.close_unit, name="close-unit"),
    path("people/", people.people, name="people"),
    path("people/import/", rosters.upload, name="import"),
    path("people/import/<int:upload_id>/", rosters.preview, name="preview"),
    path("roles/", roles.roles, name="roles"),
    path("roles/grant/", roles.grant_role, name="grant-role"),
    path("roles/<int:grant_id>/end/", roles.end_role, name="end-role"),
    path("accounts/new/", roles.new_account, name="new-account"),
    path("audit/", people.audit_trail, name="audit"),
]
