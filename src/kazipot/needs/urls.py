"""Addresses of M2."""

from django.urls import path

from kazipot.needs.views import analyses, answer_files, answering, campaigns, interviews, letters, questionnaires

app_name = "needs"
urlpatterns = [
    path("", campaigns.campaigns, name="campaigns"),
    path("questionnaires/", questionnaires.questionnaires, name="questionnaires"),
    path("questionnaires/new/", questionnaires.upload, name="new-questionnaire"),
    path("questionnaires/<int:version_id>/", questionnaires.questionnaire, name="questionnaire"),
    path("questionnaires/<int:version_id>/try/", questionnaires.try_it, name="try-questionnaire"),
    path("questionnaires/<int:version_id>/paper/", questionnaires.paper, name="paper-questionnaire"),
    path("questionnaires/<int:version_id>/file/", questionnaires.file, name="questionnaire-file"),
    path("questionnaires/<int:version_id>/approve/", questionnaires.approve, name="approve-questionnaire"),
    path("campaigns/new/", campaigns.new_campaign, name="new-campaign"),
    path("campaigns/<int:campaign_id>/", campaigns.campaign, name="campaign"),
    path("campaigns/<int:campaign_id>/open/", campaigns.open_campaign, name="open"),
    path("campaigns/<int:campaign_id>/remind/", campaigns.remind, name="remind"),
    path("campaigns/<int:campaign_id>/close/", campaigns.close_campaign, name="close"),
    path("campaigns/<int:campaign_id>/letters/", letters.all_links, name="all-links"),
    path("campaigns/<int:campaign_id>/letters/<str:employer_code>/", letters.links, name="links"),
    path("campaigns/<int:campaign_id>/letters/<str:employer_code>/lost/", letters.find_slip, name="find-slip"),
    path(
        "campaigns/<int:campaign_id>/letters/<str:employer_code>/lost/<int:invitation_id>/",
        letters.renew_slip,
        name="renew-slip",
    ),
    path("campaigns/<int:campaign_id>/answers/", answer_files.upload, name="answer-file"),
    path("campaigns/<int:campaign_id>/answers/<int:upload_id>/", answer_files.preview, name="answer-preview"),
    path("campaigns/<int:campaign_id>/answers/<int:upload_id>/columns/", answer_files.columns, name="answer-columns"),
    path("campaigns/<int:campaign_id>/answers/<int:upload_id>/values/", answer_files.values, name="answer-values"),
    path("answer/<str:token>/", answering.answer, name="answer"),
    path("answer/<str:token>/receipt/", answering.receipt, name="receipt"),
    path("enter/", answering.enter, name="enter"),
    path("here/", answering.here, name="here"),
    path("here/receipt/", answering.here_receipt, name="here-receipt"),
    path("here/leave/", answering.leave, name="leave"),
    path("analyses/", analyses.analyses, name="analyses"),
    path("analyses/<int:year>/", analyses.analysis, name="analysis"),
    path("analyses/<int:year>/export/", analyses.export, name="export"),
    path("analyses/<int:year>/publish/", analyses.publish, name="publish"),
    path("interviews/", interviews.interviews, name="interviews"),
    path("interviews/new/", interviews.new_interview, name="new-interview"),
    path("interviews/<int:interview_id>/", interviews.interview, name="interview"),
    path("interviews/<int:interview_id>/code/", interviews.code, name="code"),
    path("interviews/<int:interview_id>/agree/", interviews.agree, name="agree"),
    path("interviews/<int:interview_id>/withdraw/", interviews.withdraw, name="withdraw-interview"),
    path("own/", answering.own, name="own"),
    path("own/<int:invitation_id>/", answering.own_answer, name="own-answer"),
    path("own/<int:invitation_id>/receipt/", answering.own_receipt, name="own-receipt"),
]
