"""Roads to the faces of payments and of the bank's statements."""

from django.urls import URLPattern, path

from niangjia.paydesk.views import accounts, bank, deciding, paying

ORDER = "money/payments/<number:order_id>/"
BATCH = "money/batches/<number:batch_id>/"

urlpatterns: list[URLPattern] = [
    path("money/payments/", paying.payments, name="payments"),
    path("money/payments/check/", paying.to_check, name="payments-to-check"),
    path("money/payments/send/", paying.to_send, name="payments-to-send"),
    path(ORDER, paying.payment, name="payment"),
    path(f"{ORDER}check/", deciding.check, name="check-payment"),
    path(f"{ORDER}return/", deciding.send_back, name="send-back-payment"),
    path(f"{ORDER}correct/", deciding.correct, name="correct-payment"),
    path(f"{ORDER}cancel/", deciding.cancel, name="cancel-payment"),
    path(f"{ORDER}cash/", deciding.pay_cash, name="pay-cash"),
    path(f"{ORDER}refund/ask/", deciding.ask_refund, name="ask-refund"),
    path(f"{ORDER}refund/", deciding.refund, name="refund-payment"),
    path("money/batches/", paying.batches, name="payment-batches"),
    path(BATCH, paying.batch, name="payment-batch"),
    path(f"{BATCH}file/", bank.bank_file, name="bank-file"),
    path(f"{BATCH}results/", bank.read_results, name="read-results"),
    path("money/statements/", bank.statements, name="statements"),
    path("money/statements/<number:statement_id>/", bank.statement, name="statement"),
    path("money/books/<number:book_id>/statements/new/", bank.read_statement, name="read-statement"),
    path("people/<number:person_id>/account/", accounts.person_account, name="person-account"),
    path(
        "people/<number:person_id>/accounts/<number:account_id>/reveal/",
        accounts.reveal,
        name="reveal-account",
    ),
    path("me/payments/", accounts.my_payments, name="my-payments"),
    path("me/account/", accounts.my_account, name="my-bank-account"),
]
