"""Roads to the faces of the members' roll."""

from django.urls import URLPattern, path

from niangjia.roll.views import lists, one, own

MEMBER = "members/<number:membership_id>/"
ME = "me/membership/"

urlpatterns: list[URLPattern] = [
    path("members/", lists.members, name="members"),
    path("members/statistics/", lists.statistics, name="member-statistics"),
    path("register/organisations/<number:unit_id>/members/", one.enrol, name="enrol-member"),
    path(MEMBER, one.membership, name="membership"),
    path(f"{MEMBER}edit/", one.edit, name="edit-membership"),
    path(f"{MEMBER}retain/", one.retain, name="retain-membership"),
    path(f"{MEMBER}resume/", one.resume, name="resume-membership"),
    path(f"{MEMBER}end/", one.end, name="end-membership"),
    path(ME, own.my_membership, name="my-membership"),
    path(f"{ME}card/", own.my_card, name="my-card"),
    path(f"{ME}choose/<number:membership_id>/", own.choose_union, name="choose-union"),
    path("card/", own.check_card, name="check-card"),
    path("card/key.json", own.public_key, name="card-key"),
]
