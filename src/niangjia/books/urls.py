"""Roads to the faces of the ledger."""

from django.urls import URLPattern, path

from niangjia.books.views import keeping, money

VOUCHER = "money/vouchers/<number:voucher_id>/"

urlpatterns: list[URLPattern] = [
    path("money/", money.money, name="money"),
    path("money/funds/<number:fund_id>/", money.fund, name="fund"),
    path("money/books/<number:book_id>/", money.book, name="book"),
    path("money/books/<number:book_id>/entries/", money.entries, name="entries"),
    path("money/books/<number:book_id>/vouchers/new/", keeping.propose, name="propose-voucher"),
    path("money/books/<number:book_id>/years/<number:year>/", keeping.year, name="book-year"),
    path("money/books/<number:book_id>/close/", keeping.close, name="close-year"),
    path("money/books/<number:book_id>/export/<slug:form>/", keeping.export, name="export-book"),
    path("money/vouchers/", keeping.vouchers, name="vouchers"),
    path(VOUCHER, keeping.voucher, name="voucher"),
    path(f"{VOUCHER}check/", keeping.check, name="check-voucher"),
    path(f"{VOUCHER}refuse/", keeping.refuse, name="refuse-voucher"),
    path(f"{VOUCHER}withdraw/", keeping.withdraw, name="withdraw-voucher"),
    path("money/entries/<number:entry_id>/", money.entry, name="entry"),
]
