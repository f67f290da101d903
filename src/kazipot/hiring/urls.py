"""Addresses of M4."""

from django.urls import path

from kazipot.hiring import views

app_name = "hiring"
urlpatterns = [
    path("", views.postings, name="postings"),
    path("new/", views.new_posting, name="new-posting"),
    path("<int:posting_id>/", views.posting, name="posting"),
    path("<int:posting_id>/demands/", views.change_demands, name="change-demands"),
    path("<int:posting_id>/withdraw/", views.withdraw, name="withdraw"),
]
