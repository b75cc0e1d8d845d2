"""Roads to the faces of exchange."""

from django.urls import URLPattern, path

from niangjia.exchange.views import incoming, outgoing

BATCH = "imports/<number:batch_id>/"
LEAVING = "exports/<number:leaving_id>/"

urlpatterns: list[URLPattern] = [
    path("imports/", incoming.imports, name="imports"),
    path("imports/new/<slug:kind>/", incoming.send, name="send-file"),
    path("imports/templates/<slug:kind>/", incoming.template, name="import-template"),
    path(BATCH, incoming.batch, name="import"),
    path(f"{BATCH}rows/", incoming.rows, name="import-rows"),
    path(f"{BATCH}commit/", incoming.commit, name="commit-import"),
    path(f"{BATCH}undo/", incoming.undo, name="undo-import"),
    path(f"{BATCH}errors/", incoming.errors, name="import-errors"),
    path(f"{BATCH}report/", incoming.report, name="import-report"),
    path("exports/", outgoing.exports, name="exports"),
    path("exports/new/<slug:kind>/", outgoing.ask, name="ask-for-list"),
    path(LEAVING, outgoing.export, name="export"),
    path(f"{LEAVING}decide/", outgoing.decide, name="decide-on-list"),
    path(f"{LEAVING}file/", outgoing.fetch, name="fetch-list"),
]
