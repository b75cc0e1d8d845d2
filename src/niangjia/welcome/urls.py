"""Roads to the pages on which a worker joins."""

from django.urls import URLPattern, path

from niangjia.welcome.views import entering, following, printing, public, steps

MINE = "join/mine/<str:token>/"

urlpatterns: list[URLPattern] = [
    path("join/", public.join, name="join"),
    path("join/find/", public.find, name="join-find"),
    path("join/code/<str:token>/", public.code, name="join-code"),
    path("join/union/<number:unit_id>/", public.union, name="join-union"),
    path("join/who/", steps.who, name="join-who"),
    path("join/work/", steps.work, name="join-work"),
    path("join/check/", steps.check, name="join-check"),
    path("join/follow/", following.follow, name="join-follow"),
    path(MINE, following.mine, name="join-mine"),
    path(f"{MINE}answer/", following.answered, name="join-answer"),
    path(f"{MINE}withdraw/", following.withdraw, name="join-withdraw"),
    path(f"{MINE}appeal/", following.appeal, name="join-appeal"),
    path("applications/<number:application_id>/paper/", printing.paper, name="application-paper"),
    path("register/organisations/<number:unit_id>/application/", entering.enter, name="enter-application"),
]
