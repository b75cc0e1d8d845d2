"""What the union rules say of membership: who counts where, and how a membership goes on. Pure."""

from niangjia.members.rules.cards import card_number, person_of_card
from niangjia.members.rules.measures import BANDS, band_of, hidden_small
from niangjia.members.rules.standing import (
    BEGINNINGS,
    ENDINGS,
    FORMS,
    JOINABLE,
    KEEPERS,
    KIND,
    LACKS,
    STATE_WORDS,
    Begun,
    Ended,
    Form,
    Standing,
    State,
    require_age,
    require_day,
    require_joinable,
    require_none_counting,
)

__all__ = [
    "BANDS",
    "BEGINNINGS",
    "ENDINGS",
    "FORMS",
    "JOINABLE",
    "KEEPERS",
    "KIND",
    "LACKS",
    "STATE_WORDS",
    "Begun",
    "Ended",
    "Form",
    "Standing",
    "State",
    "band_of",
    "card_number",
    "hidden_small",
    "person_of_card",
    "require_age",
    "require_day",
    "require_joinable",
    "require_none_counting",
]
