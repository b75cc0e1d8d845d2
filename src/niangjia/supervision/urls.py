"""Roads to the faces of supervised tasks."""

from django.urls import URLPattern, path

from niangjia.supervision import views

SUPERVISED = "supervised/<number:supervised_id>/"

urlpatterns: list[URLPattern] = [
    path("supervised/", views.supervised_list, name="supervised-list"),
    path("supervised/new/", views.give, name="give-supervised"),
    path(SUPERVISED, views.supervised, name="supervised"),
    path(f"{SUPERVISED}reply/", views.reply, name="reply-supervised"),
    path(f"{SUPERVISED}accept/", views.accept, name="accept-supervised"),
    path(f"{SUPERVISED}send-back/", views.send_back, name="send-back-supervised"),
    path(f"{SUPERVISED}withdraw/", views.withdraw, name="withdraw-supervised"),
]
