"""The electronic card: a signed text that anybody checks with the published key, also offline."""

from datetime import date, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from niangjia.kernel.identifiers import mask_name
from niangjia.kernel.policing import value_of
from niangjia.members.models import Membership
from niangjia.members.rules import card_number
from niangjia.members.rules.carding import Card, written


def issue_card(*, membership: Membership, today: date) -> str:
    """The text of the card's QR code for a running, counting stretch; it holds for some days (policy)."""
    days = value_of(key="member.card_days", unit_id=membership.union_id, day=today).of(int)
    card = Card(
        number=card_number(membership.person_id),
        name=mask_name(membership.name),
        union=membership.union.name,
        state=membership.state,
        until=today + timedelta(days=days),
    )
    key = Ed25519PrivateKey.from_private_bytes(settings.CARD_KEY)
    return written(card, sign=key.sign)
