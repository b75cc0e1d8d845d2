"""Roads to the desk of aid."""

from django.urls import URLPattern, path

from niangjia.casework.views import asking, batches, deciding, shown

ONE = "aid/<number:aid_id>/"

urlpatterns: list[URLPattern] = [
    path("aid/", shown.applications, name="aid-applications"),
    path("aid/recipients/", shown.recipients, name="aid-recipients"),
    path("aid/new/", asking.new, name="new-aid-application"),
    path("aid/rounds/open/", batches.open_round, name="aid-batch-round"),
    path("aid/approve/", batches.approve, name="aid-batch-approve"),
    path("aid/order/", batches.order, name="aid-batch-order"),
    path("aid/close/", batches.close, name="aid-batch-close"),
    path(ONE, shown.application, name="aid-application"),
    path(f"{ONE}edit/", asking.edit, name="edit-aid-application"),
    path(f"{ONE}submit/", asking.submit, name="submit-aid"),
    path(f"{ONE}withdraw/", asking.withdraw, name="withdraw-aid"),
    path(f"{ONE}unlink/", asking.unlink, name="unlink-aid"),
    path(f"{ONE}decide/", deciding.decide, name="decide-aid"),
    path(f"{ONE}approve/", deciding.approve, name="approve-aid"),
    path(f"{ONE}revoke/", deciding.revoke, name="revoke-aid"),
    path(f"{ONE}take-out/", deciding.take_out, name="take-out-aid"),
    path(f"{ONE}appeal/", deciding.appeal, name="decide-aid-appeal"),
    path(f"{ONE}order/", deciding.order, name="order-aid"),
    path(f"{ONE}confirm/", deciding.confirm, name="confirm-aid"),
    path(f"{ONE}close/", deciding.close, name="close-aid"),
]
