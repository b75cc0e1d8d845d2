"""Roads to the faces of possible duplicates and of real-name completeness."""

from django.urls import URLPattern, path

from niangjia.matching.views import duplicates, real_name

CASE = "duplicates/<number:case_id>/"
UNION = "real-name/<number:unit_id>/"

urlpatterns: list[URLPattern] = [
    path("duplicates/", duplicates.duplicate_list, name="duplicates"),
    path("duplicates/new/", duplicates.report, name="report-duplicate"),
    path(CASE, duplicates.duplicate, name="duplicate"),
    path(f"{CASE}merge/", duplicates.propose_merge, name="propose-merge"),
    path(f"{CASE}apart/", duplicates.propose_apart, name="propose-apart"),
    path(f"{CASE}split/", duplicates.propose_split, name="propose-split"),
    path(f"{CASE}decide/", duplicates.decide, name="decide-duplicate"),
    path("real-name/", real_name.real_name, name="real-name"),
    path(f"{UNION}ask/", real_name.ask, name="ask-real-name"),
    path(f"{UNION}<slug:which>/", real_name.rows, name="real-name-rows"),
]
