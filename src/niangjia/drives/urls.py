"""Roads to the faces of drives and of codes for joining."""

from django.urls import URLPattern, path

from niangjia.drives.views import codes, office

urlpatterns: list[URLPattern] = [
    path("drives/", office.drives, name="drives"),
    path("drives/<number:drive_id>/", office.drive, name="drive"),
    path("drives/<number:drive_id>/close/", office.close, name="close-drive"),
    path("drives/<number:drive_id>/code/", office.drive_code, name="drive-code"),
    path("drives/stops/<number:stop_id>/", office.visit, name="visit-stop"),
    path("drives/stops/<number:stop_id>/code/", office.stop_code, name="stop-code"),
    path("register/organisations/<number:unit_id>/drive/", office.start, name="start-drive"),
    path("register/organisations/<number:unit_id>/join-code/", codes.make, name="make-join-code"),
    path("join-codes/", codes.codes, name="join-codes"),
    path("join-codes/<number:code_id>/", codes.code, name="join-code-office"),
    path("join-codes/<number:code_id>/revoke/", codes.revoke, name="revoke-join-code"),
]
