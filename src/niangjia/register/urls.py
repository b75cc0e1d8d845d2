"""Roads to the faces of the register."""

from django.urls import URLPattern, path

from niangjia.register.views import covering, lists, organising, pages, printing

ORGANISATION = "register/organisations/<number:unit_id>/"
EMPLOYER = "register/employers/<number:employer_id>/"

urlpatterns: list[URLPattern] = [
    path("register/organisations/", lists.organisations, name="organisations"),
    path("register/employers/", lists.employers, name="employers"),
    path("register/zones/", lists.zones, name="zones"),
    path("register/facilities/", lists.facilities, name="facilities"),
    path(ORGANISATION, pages.organisation, name="organisation"),
    path(EMPLOYER, pages.employer, name="employer"),
    path("register/zones/<number:zone_id>/", pages.zone, name="zone"),
    path("register/facilities/<number:facility_id>/", pages.facility, name="facility"),
    path(f"{ORGANISATION}found/", organising.found, name="found-organisation"),
    path(f"{ORGANISATION}edit/", organising.edit, name="edit-organisation"),
    path(f"{ORGANISATION}name/", organising.rename, name="rename-organisation"),
    path(f"{ORGANISATION}compose/", organising.compose, name="compose"),
    path(f"{ORGANISATION}place/", organising.move, name="move-organisation"),
    path(f"{ORGANISATION}relations/", organising.relate, name="relate-organisation"),
    path(f"{ORGANISATION}relations/<number:relation_id>/end/", organising.end_relation, name="end-relation"),
    path(f"{ORGANISATION}close/", organising.close, name="close-organisation"),
    path(f"{ORGANISATION}sheet/", printing.organisation_sheet, name="organisation-sheet"),
    path(f"{ORGANISATION}roster/", printing.covering_list, name="covering-list"),
    path(f"{ORGANISATION}employers/", covering.register, name="register-employer"),
    path(f"{EMPLOYER}edit/", covering.edit, name="edit-employer"),
    path(f"{EMPLOYER}coverages/", covering.cover, name="cover-employer"),
    path(f"{EMPLOYER}leave/", covering.leave, name="leave-register"),
    path("register/coverages/<number:coverage_id>/end/", covering.end, name="end-coverage"),
]
