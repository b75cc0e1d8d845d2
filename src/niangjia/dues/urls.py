"""Roads to the faces of dues."""

from django.urls import URLPattern, path

from niangjia.dues import views

urlpatterns: list[URLPattern] = [
    path("members/<number:membership_id>/dues/", views.record, name="record-dues"),
    path("members/dues/<number:dues_id>/void/", views.void, name="void-dues"),
]
