"""Roads to the faces of joining."""

from django.urls import URLPattern, path

from niangjia.joining.views import office

ONE = "applications/<number:application_id>/"

urlpatterns: list[URLPattern] = [
    path("applications/", office.applications, name="applications"),
    path(ONE, office.application, name="application"),
    path(f"{ONE}support/", office.support, name="support-application"),
    path(f"{ONE}review/", office.review, name="review-application"),
    path(f"{ONE}approve/", office.approve, name="approve-application"),
    path(f"{ONE}affiliate/", office.affiliate, name="affiliate-application"),
    path(f"{ONE}hand-over/", office.hand_over, name="hand-over-application"),
    path(f"{ONE}return/", office.send_back, name="return-application"),
    path(f"{ONE}reject/", office.reject, name="reject-application"),
    path(f"{ONE}route/", office.route, name="route-application"),
    path(f"{ONE}overturn/", office.overturn, name="overturn-application"),
    path(f"{ONE}uphold/", office.uphold, name="uphold-application"),
]
