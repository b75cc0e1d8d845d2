"""What the pages of households show."""

from niangjia.hearth.queries.home import both_told, consents_of, home_page
from niangjia.hearth.queries.homes import home_list
from niangjia.hearth.queries.member import inmate_of, member_page, past_page
from niangjia.hearth.queries.own import Mine, address_of, member_told, mine_of, own_page
from niangjia.hearth.queries.panels import household_subject, panel_of
from niangjia.hearth.queries.values import Tellers, shown, tellers_of, written

__all__ = [
    "Mine",
    "Tellers",
    "address_of",
    "both_told",
    "consents_of",
    "home_list",
    "home_page",
    "household_subject",
    "inmate_of",
    "member_page",
    "member_told",
    "mine_of",
    "own_page",
    "panel_of",
    "past_page",
    "shown",
    "tellers_of",
    "written",
]
