"""Roads to the faces of the journal."""

from django.urls import path

from niangjia.chronicle.views import journal

RECORDS = {
    "organisation": "register/organisations/<number:unit_id>/history/",
    "employer": "register/employers/<number:employer_id>/history/",
    "zone": "register/zones/<number:zone_id>/history/",
    "facility": "register/facilities/<number:facility_id>/history/",
}

urlpatterns = [
    *(path(road, journal.history, {"page": page}, name=f"{page}-history") for page, road in RECORDS.items()),
    *(
        path(f"{road}<number:line_id>/", journal.history_proof, {"page": page}, name=f"{page}-line")
        for page, road in RECORDS.items()
    ),
    path("journal/", journal.lines, name="journal"),
    path("journal/lines/<number:line_id>/", journal.line_proof, name="journal-line-proof"),
    path("journal/heads/", journal.heads, name="journal-heads"),
    path("journal/heads/<number:number>/", journal.head, name="journal-head"),
    path("journal/heads/<number:number>/proof/", journal.head_proof, name="journal-head-proof"),
]
