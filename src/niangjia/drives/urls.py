"""Roads to the faces of drives."""

from django.urls import URLPattern, path

from niangjia.drives import views

urlpatterns: list[URLPattern] = [
    path("drives/", views.drives, name="drives"),
    path("drives/<number:drive_id>/", views.drive, name="drive"),
    path("drives/<number:drive_id>/close/", views.close, name="close-drive"),
    path("drives/<number:drive_id>/code/", views.drive_code, name="drive-code"),
    path("drives/stops/<number:stop_id>/", views.visit, name="visit-stop"),
    path("drives/stops/<number:stop_id>/code/", views.stop_code, name="stop-code"),
    path("register/organisations/<number:unit_id>/drive/", views.start, name="start-drive"),
]
