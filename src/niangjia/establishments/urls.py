"""Roads to the faces of founding."""

from django.urls import URLPattern, path

from niangjia.establishments.views import asking, deciding, electing, shown

ONE = "establishments/<number:establishment_id>/"

urlpatterns: list[URLPattern] = [
    path("founding/", shown.invitation, name="found-our-union"),
    path("establishments/", shown.establishments, name="establishments"),
    path("establishments/new/", asking.new, name="new-establishment"),
    path(ONE, shown.establishment, name="establishment"),
    path(f"{ONE}papers/<number:paper_id>/", shown.paper, name="establishment-paper"),
    path(f"{ONE}edit/", asking.edit, name="edit-establishment"),
    path(f"{ONE}employers/", asking.name_employer, name="name-employer"),
    path(f"{ONE}employers/<number:named_id>/remove/", asking.drop_employer, name="drop-employer"),
    path(f"{ONE}group/", asking.join_group, name="join-founding-group"),
    path(f"{ONE}group/<number:member_id>/remove/", asking.leave_group, name="leave-founding-group"),
    path(f"{ONE}submit/", asking.submit, name="submit-establishment"),
    path(f"{ONE}withdraw/", asking.withdraw, name="withdraw-establishment"),
    path(f"{ONE}review/", deciding.review, name="review-establishment"),
    path(f"{ONE}return/", deciding.send_back, name="send-back-establishment"),
    path(f"{ONE}reject/", deciding.reject, name="reject-establishment"),
    path(f"{ONE}prepare/", deciding.prepare, name="approve-preparation"),
    path(f"{ONE}candidates/", electing.propose, name="propose-candidate"),
    path(f"{ONE}candidates/<number:candidate_id>/remove/", electing.drop, name="drop-candidate"),
    path(f"{ONE}congress/", electing.hold, name="hold-congress"),
    path(f"{ONE}congress/again/", electing.again, name="hold-again"),
    path(f"{ONE}result/", electing.result, name="submit-result"),
    path(f"{ONE}approve/", deciding.approve, name="approve-establishment"),
    path(f"{ONE}legal-person/", deciding.register, name="register-legal-person"),
]
