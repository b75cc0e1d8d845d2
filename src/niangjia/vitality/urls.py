"""Roads to the faces of vitality."""

from django.urls import URLPattern, path

from niangjia.vitality import views

FEDERATION = "vitality/<number:unit_id>/"

urlpatterns: list[URLPattern] = [
    path("vitality/", views.vitality, name="vitality"),
    path(FEDERATION, views.federation, name="vitality-of"),
    path(f"{FEDERATION}activities/", views.record, name="record-activity"),
    path(f"{FEDERATION}seven-haves/", views.seven_haves, name="seven-haves"),
    path("vitality/activities/<number:activity_id>/void/", views.void, name="void-activity"),
]
