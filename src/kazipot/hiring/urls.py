"""Addresses of M4."""

from django.urls import path

from kazipot.hiring.views import candidates, drafts, positions, postings, profiles

app_name = "hiring"
urlpatterns = [
    path("", postings.postings, name="postings"),
    path("draft/", drafts.new_draft, name="new-draft"),
    path("new/", postings.new_posting, name="new-posting"),
    path("profiles/", profiles.profiles, name="profiles"),
    path("profiles/import/", positions.import_positions, name="import-positions"),
    path("profiles/posts/<str:employer_code>/", positions.positions, name="positions"),
    path("profiles/family/<str:employer_code>/<path:family>/", profiles.family, name="family"),
    path("profiles/start/<str:employer_code>/<path:family>/", profiles.start, name="start-version"),
    path("profiles/versions/<int:version_id>/", profiles.version, name="version"),
    path("profiles/versions/<int:version_id>/demands/", profiles.change, name="change-version"),
    path("profiles/versions/<int:version_id>/approve/", profiles.approve, name="approve-version"),
    path("<int:posting_id>/", postings.posting, name="posting"),
    path("<int:posting_id>/text/", drafts.revise, name="revise"),
    path("<int:posting_id>/wording/", drafts.take_over, name="take-over"),
    path("<int:posting_id>/submit/", drafts.submit, name="submit"),
    path("<int:posting_id>/approve/", drafts.approve, name="approve"),
    path("<int:posting_id>/send-back/", drafts.send_back, name="send-back"),
    path("<int:posting_id>/pass/", drafts.override, name="override"),
    path("<int:posting_id>/publish/", drafts.publish, name="publish"),
    path("<int:posting_id>/demands/", postings.change_demands, name="change-demands"),
    path("<int:posting_id>/withdraw/", postings.withdraw, name="withdraw"),
    path("<int:posting_id>/candidates/", candidates.candidates, name="candidates"),
    path("<int:posting_id>/candidates/add/", candidates.add_candidate, name="add-candidate"),
    path("<int:posting_id>/choose/", candidates.choose, name="choose"),
    path("candidates/<int:candidate_id>/", candidates.showing, name="showing"),
    path("candidates/<int:candidate_id>/hire/", candidates.hire, name="hire"),
    path("candidates/<int:candidate_id>/hired/", candidates.hired, name="hired"),
]
