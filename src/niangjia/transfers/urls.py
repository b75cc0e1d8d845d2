"""Roads to the faces of transfers."""

from django.urls import URLPattern, path

from niangjia.transfers.views import desk, own

TRANSFER = "members/transfers/<number:transfer_id>/"
ME = "me/membership/"

urlpatterns: list[URLPattern] = [
    path("members/transfers/", desk.transfers, name="transfers"),
    path("members/<number:membership_id>/transfer/", desk.ask_transfer, name="ask-transfer"),
    path(TRANSFER, desk.transfer, name="transfer"),
    path(f"{TRANSFER}introduce/", desk.introduce, name="introduce-transfer"),
    path(f"{TRANSFER}decline/", desk.decline, name="decline-transfer"),
    path(f"{TRANSFER}accept/", desk.accept, name="accept-transfer"),
    path(f"{TRANSFER}send-back/", desk.send_back, name="send-back-transfer"),
    path(f"{TRANSFER}refuse/", desk.refuse, name="refuse-transfer"),
    path(f"{TRANSFER}withdraw/", desk.withdraw, name="withdraw-transfer"),
    path(f"{ME}transfer/", own.my_transfer, name="my-transfer"),
    path(
        f"{ME}transfers/<number:transfer_id>/withdraw/", own.withdraw_my_transfer, name="withdraw-my-transfer"
    ),
]
