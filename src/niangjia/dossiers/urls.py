"""Roads to the faces of needy-worker files."""

from django.urls import URLPattern, path

from niangjia.dossiers.views import asking, checking, leaving, shown
from niangjia.dossiers.views.around import FILE
from niangjia.dossiers.views.steps import FACES
from niangjia.kernel.faces import paths_of

ONE = "hardship/files/<number:file_id>/"
MEMBER = f"{ONE}members/<number:inmate_id>/"

urlpatterns: list[URLPattern] = [
    path("hardship/files/", shown.files, name="hardship-files"),
    path("hardship/leads/new/", asking.report, name="report-hardship"),
    path("hardship/files/new/", asking.new, name="new-hardship-file"),
    path("hardship/national/", leaving.national, name="national-hardship"),
    path("me/hardship/", shown.my_files, name="my-hardship-files"),
    path("me/hardship/<number:file_id>/", shown.my_file, name="my-hardship-file"),
    path(ONE, shown.file, name="hardship-file"),
    path(f"{ONE}apply/", asking.apply, name="apply-for-file"),
    path(f"{ONE}amend/", asking.amend, name="amend-file"),
    path(f"{ONE}answer/", asking.answer_return, name="answer-file-return"),
    path(f"{ONE}reopen/", asking.reopen, name="reopen-file"),
    path(f"{ONE}temporary/", asking.temporary, name="open-temporary-file"),
    *paths_of(ONE, FACES, FILE),
    path(f"{MEMBER}authorise/", checking.authorise, name="authorise-check"),
    path(f"{MEMBER}take-back/", checking.take_back, name="take-back-authorisation"),
    path(f"{ONE}print/leaflet/", checking.print_leaflet, name="print-leaflet"),
    path(f"{ONE}print/authorisation/", checking.print_authorisation, name="print-authorisation"),
    path(f"{ONE}print/form/", checking.print_form, name="print-file-form"),
    path(f"{ONE}papers/<number:paper_id>/", shown.paper, name="hardship-paper"),
]
