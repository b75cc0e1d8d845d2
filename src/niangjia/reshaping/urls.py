"""Roads to the faces of 撤并改."""

from django.urls import URLPattern, path

from niangjia.reshaping.views import pages, planning, steps

ONE = "restructures/<number:restructure_id>/"

urlpatterns: list[URLPattern] = [
    path("restructures/", pages.restructures, name="restructures"),
    path("restructures/new/", planning.propose, name="propose-restructure"),
    path(ONE, pages.restructure, name="restructure"),
    path(f"{ONE}shares/", planning.add_share, name="add-share"),
    path(f"{ONE}shares/<number:share_id>/remove/", planning.remove_share, name="remove-share"),
    path(f"{ONE}resubmit/", planning.resubmit, name="resubmit-restructure"),
    path(f"{ONE}consult/", steps.consult, name="consult-members"),
    path(f"{ONE}approve/", steps.approve, name="approve-restructure"),
    path(f"{ONE}send-back/", steps.send_back, name="send-back-restructure"),
    path(f"{ONE}reject/", steps.reject, name="reject-restructure"),
    path(f"{ONE}revoke/", steps.revoke, name="revoke-restructure"),
    path(f"{ONE}withdraw/", steps.withdraw, name="withdraw-restructure"),
    path(f"{ONE}audit/", steps.audit, name="audit-restructure"),
    path(f"{ONE}execute/", steps.execute, name="execute-restructure"),
    path(f"{ONE}close/", steps.close, name="close-restructure"),
    path(f"{ONE}undo/", steps.undo, name="undo-restructure"),
    path(f"{ONE}papers/<slug:paper_name>/", steps.paper, name="restructure-paper"),
]
