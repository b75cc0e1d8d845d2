"""Roads to the faces of messages."""

from django.urls import URLPattern, path

from niangjia.messaging import views

urlpatterns: list[URLPattern] = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.read_all, name="read-all"),
    path("inbox/wishes/", views.wishes, name="wishes"),
    path("inbox/<number:message_id>/", views.open_message, name="open-message"),
    path("channels/", views.channels, name="channels"),
]
