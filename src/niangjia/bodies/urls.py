"""Roads to the forms about committees, facilities and zones."""

from django.urls import URLPattern, path

from niangjia.bodies.views import committees, keeping

ORGANISATION = "register/organisations/<number:unit_id>/"
ZONE = "register/zones/<number:zone_id>/"

urlpatterns: list[URLPattern] = [
    path(f"{ORGANISATION}terms/", committees.open_term, name="open-term"),
    path("register/committees/<number:committee_id>/posts/", committees.appoint, name="appoint"),
    path("register/committee-posts/<number:post_id>/end/", committees.end_post, name="end-committee-post"),
    path(f"{ORGANISATION}facilities/", keeping.open_facility, name="open-facility"),
    path("register/facilities/<number:facility_id>/edit/", keeping.edit_facility, name="edit-facility"),
    path(f"{ORGANISATION}zones/", keeping.open_zone, name="open-zone"),
    path(f"{ZONE}edit/", keeping.edit_zone, name="edit-zone"),
    path(f"{ZONE}employers/", keeping.enter_zone, name="enter-zone"),
    path(f"{ZONE}employers/<number:employer_id>/end/", keeping.leave_zone, name="leave-zone"),
]
