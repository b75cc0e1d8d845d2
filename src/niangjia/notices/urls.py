"""Roads to the faces of notices."""

from django.urls import URLPattern, path

from niangjia.notices.views import office, public

NOTICE = "notices/office/<number:notice_id>/"

urlpatterns: list[URLPattern] = [
    path("notices/", public.notices, name="notices"),
    path("notices/answer/", public.follow, name="follow-objection"),
    path("notices/at/<str:token>/", public.notice, name="notice"),
    path("notices/at/<str:token>/object/", public.object_to, name="object-to-notice"),
    path("notices/office/", office.notices, name="notices-office"),
    path("notices/office/open/", office.open_notice, name="open-notice"),
    path(NOTICE, office.notice, name="notice-office"),
    path(f"{NOTICE}print/", office.print_notice, name="print-notice"),
    path(f"{NOTICE}withdraw/", office.withdraw, name="withdraw-notice"),
    path(f"{NOTICE}resolve/", office.resolve, name="resolve-notice"),
    path(
        "notices/office/objections/<number:objection_id>/answer/",
        office.answer_objection,
        name="answer-objection",
    ),
]
