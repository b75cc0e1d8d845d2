"""Roads to the books of relief."""

from django.urls import URLPattern, path

from niangjia.relief.views import overlooked, rounds, yearly

ONE = "aid/<number:aid_id>/"
ROUND = "aid/rounds/<number:round_id>/"

urlpatterns: list[URLPattern] = [
    path("aid/year/", yearly.year, name="aid-year"),
    path("aid/register/", yearly.register_page, name="aid-register"),
    path("aid/rounds/", rounds.rounds, name="aid-rounds"),
    path(ROUND, rounds.one, name="aid-round"),
    path(f"{ROUND}roster/", rounds.print_roster, name="print-aid-roster"),
    path(f"{ONE}approval-form/", rounds.print_approval, name="print-aid-approval"),
    path(f"{ONE}study-form/", rounds.print_study, name="print-study-form"),
    path(f"{ONE}leaflet/", rounds.print_leaflet, name="print-aid-leaflet"),
    path("aid/overlooked/", overlooked.overlooked, name="aid-overlooked"),
]
