"""Roads to the faces of the economic check."""

from django.urls import URLPattern, path

from niangjia.means import views

urlpatterns: list[URLPattern] = [
    path("hardship/checks/", views.batches, name="means"),
    path("hardship/checks/send/", views.send, name="send-checks"),
    path("hardship/checks/<number:check_batch_id>/", views.batch, name="means-batch"),
]
