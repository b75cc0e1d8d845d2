"""Roads to the faces of households."""

from django.urls import URLPattern, path

from niangjia.hearth.views import homes, keeping, own, telling

HOME = "households/<number:household_id>/"
INMATE = f"{HOME}members/<number:inmate_id>/"

urlpatterns: list[URLPattern] = [
    path("households/", homes.homes, name="households"),
    path("households/new/", keeping.open_home, name="open-household"),
    path(HOME, homes.home, name="household"),
    path(f"{HOME}form/", homes.paper, name="household-form"),
    path(f"{HOME}head/", keeping.replace_head, name="replace-household-head"),
    path(f"{HOME}members/new/", keeping.add_member, name="add-household-member"),
    path(f"{HOME}sections/<slug:section_code>/", telling.edit, name="edit-household"),
    path(f"{HOME}history/<slug:fact_key>/", homes.history, name="household-history"),
    path(f"{HOME}disagreements/<number:proposal_id>/", telling.settle, name="settle-proposal"),
    path(INMATE, homes.member, name="household-member"),
    path(f"{INMATE}edit/", telling.edit_member, name="edit-household-member"),
    path(f"{INMATE}card/", keeping.prove, name="prove-household-member"),
    path(f"{INMATE}leave/", keeping.leave, name="leave-household"),
    path(f"{INMATE}history/<slug:fact_key>/", homes.member_history, name="member-history"),
    path("me/household/", own.mine, name="my-household"),
    path("me/household/consents/", own.consents, name="my-household-consents"),
    path("me/household/members/<number:inmate_id>/", own.tell_member, name="tell-my-member"),
    path("me/household/<slug:section_code>/", own.tell, name="tell-my-household"),
]
