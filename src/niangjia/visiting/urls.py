"""Roads to the office faces of visits."""

from django.urls import URLPattern, path

from niangjia.visiting.views import acting, online, shown

ONE = "visits/<number:visit_id>/"

urlpatterns: list[URLPattern] = [
    path("visits/", shown.visits, name="visits"),
    path("visits/new/", online.new, name="new-visit"),
    path(ONE, shown.visit, name="visit"),
    path(f"{ONE}void/", acting.void, name="void-visit"),
    path(f"{ONE}record/", acting.issue, name="issue-visit-record"),
    path(f"{ONE}differences/<number:proposal_id>/", acting.settle, name="settle-difference"),
]
