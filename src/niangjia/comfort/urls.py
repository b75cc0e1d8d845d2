"""Roads to the faces of sympathy visits."""

from django.urls import URLPattern, path

from niangjia.comfort.views import arranging, batches, doing, giving, own, settling, shown
from niangjia.comfort.views.around import VISIT
from niangjia.kernel.faces import paths_of

ONE = "sympathy/<number:sympathy_id>/"
ME = "me/sympathy/"
BATCH = "handouts/<number:handout_id>/"
ROW = f"{BATCH}rows/<number:handout_row_id>/"

urlpatterns: list[URLPattern] = [
    path("sympathy/", shown.visits, name="sympathy-visits"),
    path("sympathy/new/", doing.report, name="report-visit"),
    path("sympathy/reported/", shown.reported, name="reported-visits"),
    path(ONE, shown.visit, name="sympathy-visit"),
    path(f"{ONE}record/", doing.record, name="record-sympathy"),
    path(f"{ONE}receipt/", doing.take, name="take-sympathy-receipt"),
    *paths_of(ONE, (*doing.FACES, *settling.OF_VISITS), VISIT),
    path(f"{ONE}goods/check/", settling.check, name="check-sympathy-goods"),
    path(f"{ONE}goods/refuse/", settling.refuse, name="refuse-sympathy-goods"),
    path("handouts/", batches.batches, name="handouts"),
    path("handouts/new/", arranging.new, name="new-handout"),
    path(BATCH, batches.batch, name="handout"),
    path(f"{BATCH}edit/", arranging.edit, name="edit-handout"),
    path(f"{BATCH}add/", arranging.add, name="add-to-handout"),
    *paths_of(BATCH, (*arranging.FACES, *settling.OF_BATCHES), batches.BATCH),
    path(f"{BATCH}pay/", settling.pay_batch, name="pay-handout"),
    path(f"{BATCH}goods/check/", settling.check_batch, name="check-handout-goods"),
    path(f"{BATCH}goods/refuse/", settling.refuse_batch, name="refuse-handout-goods"),
    path(f"{BATCH}giving/", giving.give, name="give-handout"),
    path(f"{BATCH}card/", giving.card, name="hand-to-card"),
    path(ROW, giving.row, name="handout-row"),
    path(f"{ROW}drop/", arranging.drop, name="drop-from-handout"),
    path(f"{ROW}note/", giving.note, name="note-handout-row"),
    path(f"{ROW}miss/", giving.miss, name="miss-handout-row"),
    path(f"{ROW}again/", giving.again, name="open-handout-row"),
    path(f"{ROW}book/", giving.book, name="book-handout-row"),
    path(f"{ROW}attend/", giving.attend, name="attend-handout-row"),
    path(ME, own.mine, name="my-sympathy"),
    path(f"{ME}<number:sympathy_id>/", own.one, name="my-sympathy-one"),
    path("me/handouts/<number:handout_id>/", own.handout, name="my-handout"),
]
