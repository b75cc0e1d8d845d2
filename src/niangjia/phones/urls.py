"""Roads to the phones of visits: the kit, what it says to the platform, the phones, what is held."""

from django.urls import URLPattern, path

from niangjia.phones.views import kit, office, wire

KIT = "visits/kit/"
HELD = "visits/held/<number:held_id>/"

urlpatterns: list[URLPattern] = [
    path(KIT, kit.kit, name="visit-kit"),
    path(f"{KIT}worker.js", kit.worker, name="visit-kit-worker"),
    path(f"{KIT}manifest.webmanifest", kit.manifest, name="visit-kit-manifest"),
    path(f"{KIT}devices/", wire.enrol, name="visit-kit-enrol"),
    path(f"{KIT}lend/", wire.lend, name="visit-kit-lend"),
    path(f"{KIT}uploads/", wire.upload, name="visit-kit-upload"),
    path(f"{KIT}drops/", wire.drop, name="visit-kit-drop"),
    path(f"{KIT}receipts/", wire.receipts, name="visit-kit-receipts"),
    path(f"{KIT}photos/<slug:visit_key>/<slug:sha>/", wire.photo, name="visit-kit-photo"),
    path(
        f"{KIT}photos/<slug:visit_key>/<slug:sha>/<number:number>/<number:total>/",
        wire.part,
        name="visit-kit-part",
    ),
    path("visits/phones/", office.phones, name="visit-phones"),
    path("visits/phones/<number:device_id>/revoke/", office.revoke, name="revoke-visit-phone"),
    path("visits/held/", office.held_list, name="held-visits"),
    path("visits/held/file/", office.hand_in, name="hand-in-visits"),
    path(HELD, office.held, name="held-visit"),
    path(f"{HELD}enter/", office.enter, name="enter-held-visit"),
    path(f"{HELD}decline/", office.decline, name="decline-held-visit"),
]
