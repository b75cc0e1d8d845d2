"""Roads to the faces of this app."""

from django.urls import path

from niangjia.privacy.views import deciding, mapping, own

urlpatterns = [
    path("privacy/map/", mapping.data_map, name="data-map"),
    path("me/", own.my_record, name="my-record"),
    path("me/copy/", own.my_copy, name="my-copy"),
    path("me/consents/", own.my_consents, name="my-consents"),
    path("me/consents/<slug:purpose>/give/", own.give_consent, name="give-consent"),
    path("me/consents/<slug:purpose>/withdraw/", own.withdraw_consent, name="withdraw-consent"),
    path("me/requests/new/", own.make_request, name="make-request"),
    path("me/requests/<int:request_id>/take-back/", own.take_back_request, name="take-back-request"),
    path("people/requests/", deciding.requests, name="person-requests"),
    path("people/requests/<int:request_id>/", deciding.decide_request, name="decide-request"),
    path("people/alarms/", deciding.alarms, name="reveal-alarms"),
    path("people/alarms/<int:alarm_id>/", deciding.review_alarm, name="review-alarm"),
    path("people/<int:person_id>/consents/", deciding.register_consent, name="register-consent"),
    path("people/<int:person_id>/erase/", deciding.erase, name="erase-person"),
]
