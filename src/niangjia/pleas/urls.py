"""Roads of a family that asks for aid."""

from django.urls import URLPattern, path

from niangjia.pleas.views import home, own, sending, steps

ME = "me/aid/"
MINE = f"{ME}<number:aid_id>/"

urlpatterns: list[URLPattern] = [
    path("ask/", own.ask, name="ask-for-aid"),
    path(ME, own.mine, name="my-aid"),
    path(f"{ME}begin/", steps.begin, name="begin-aid"),
    path(f"{ME}household/", home.open_home, name="open-my-household"),
    path(f"{ME}household/add/", home.add_kin, name="add-my-kin"),
    path(MINE, own.one, name="my-aid-application"),
    path(f"{MINE}kind/", steps.kind, name="ask-aid-kind"),
    path(f"{MINE}consent/", steps.consent, name="ask-aid-consent"),
    path(f"{MINE}household/", steps.household, name="ask-aid-home"),
    path(f"{MINE}child/", steps.child, name="ask-aid-child"),
    path(f"{MINE}school/", steps.school, name="ask-aid-school"),
    path(f"{MINE}words/", steps.words, name="ask-aid-words"),
    path(f"{MINE}files/", sending.files, name="ask-aid-files"),
    path(f"{MINE}files/<number:file_id>/", own.file, name="my-aid-file"),
    path(f"{MINE}files/<number:file_id>/off/", sending.take_off, name="take-off-aid-file"),
    path(f"{MINE}account/", sending.account, name="ask-aid-account"),
    path(f"{MINE}check/", sending.check, name="ask-aid-check"),
    path(f"{MINE}confirm/", own.confirm, name="confirm-my-aid"),
    path(f"{MINE}appeal/", own.appeal, name="appeal-my-aid"),
    path(f"{MINE}unlink/", own.unlink, name="unlink-my-aid"),
    path(f"{MINE}withdraw/", own.withdraw, name="withdraw-my-aid"),
]
