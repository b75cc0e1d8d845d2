"""Roads to the faces of members by file."""

from django.urls import URLPattern, path

from niangjia.enrolment.views import pages

urlpatterns: list[URLPattern] = [
    path("members/national/", pages.national, name="national-members"),
    path("members/year/", pages.year, name="member-year"),
]
