"""Receipt is shown: signed on the officer's phone, by card, confirmed on the worker's own phone, on paper."""

from datetime import datetime

from django.db import transaction

from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.papers import queries as papers
from niangjia.papers.rules import AttachmentKind
from niangjia.people import queries as people
from niangjia.sympathy import queries, rules
from niangjia.sympathy.actions.settling import settle_if_whole
from niangjia.sympathy.actions.stepping import held, record, sealed
from niangjia.sympathy.models import SympathyVisit
from niangjia.sympathy.rules import GIVEN, Receipt, Signed

ON_PAPER = (AttachmentKind.SIGNED, AttachmentKind.PHOTO)


def receive(*, row: SympathyVisit, signed: Signed, by: Actor, at: datetime) -> None:
    """What was signed stands with the visit, if anything was; to be called inside `beyond`."""
    how = signed.how
    if how == Receipt.AWAITED:
        return
    signature = rules.require_signature(signed.signature)
    if how == Receipt.CARD:
        _require_card(row, signed.card, at=at)
    row.signature = sealed(row=row, text=signature, field="signature")
    _received(row, how, signer=signed.signer, by=by, at=at)


def _require_card(row: SympathyVisit, text: str, *, at: datetime) -> None:
    holder = queries.card_holder(text=text, day=day_of(at))
    alike = people.survivors_of(person_ids=[holder, row.recipient_id or 0])
    if alike[holder] != alike[row.recipient_id or 0]:
        raise BadInput(say("这张会员卡不是领取人本人的。请核对后重新扫描。"), field="card")


def _received(row: SympathyVisit, how: Receipt, *, signer: str, by: Actor, at: datetime) -> None:
    row.receipt, row.received_at, row.signer = how, at, signer.strip()[:50]
    row.version += 1
    row.save()
    record(verb="sign_for_visit", row=row, by=by, at=at, receipt=str(how))


@transaction.atomic
def take_receipt(
    *, visit_id: int, version: int | None, signed: Signed, on_paper: bool = False, by: Actor, at: datetime
) -> SympathyVisit:
    """The officer takes the receipt after the visit: by signature or card, or the paper that was attached.

    Raises Refused where it was received already, or where the signed paper is not attached yet.
    """
    row = held(visit_id=visit_id, version=version, by=by)
    _require_open(row)
    with beyond():
        if on_paper:
            _require_paper(row)
            _received(row, Receipt.PAPER, signer=signed.signer, by=by, at=at)
        elif signed.how == Receipt.AWAITED:
            raise BadInput(say("请本人签名，或扫描会员卡的二维码。"), field="signature")
        else:
            receive(row=row, signed=signed, by=by, at=at)
        settle_if_whole(row=row, by=by, at=at)
    return row


def _require_open(row: SympathyVisit) -> None:
    if row.state not in GIVEN:
        raise Refused(say("这次慰问还没有登记，不能先签收。"))
    if row.receipt:
        raise Refused(say("这次慰问已经签收过，不用再签。"))


def _require_paper(row: SympathyVisit) -> None:
    hanging = papers.attachments_of(about_kind=rules.KIND, about_id=row.pk, scope=EVERYWHERE)
    if not hanging.filter(kind__in=[str(one) for one in ON_PAPER], voided_at=None).exists():
        words = say("请先把签了字的纸拍照，在“附件与文书”里上传，再登记纸质签收。")
        raise Refused(words, field="on_paper")


@transaction.atomic
def confirm_receipt(*, visit_id: int, person_id: int, by: Actor, at: datetime) -> SympathyVisit:
    """Whom the visit was for confirms on his own phone that he received what is told; once is enough."""
    with beyond():
        queries.own_visit(visit_id=visit_id, person_id=person_id)
        row = SympathyVisit.objects.select_for_update(of=("self",)).get(pk=visit_id)
        if row.receipt:
            return row
        if row.recipient_id != row.person_id:
            raise Refused(say("这次慰问由家属领取，不用您确认。"))
        _received(row, Receipt.PHONE, signer="", by=by, at=at)
        settle_if_whole(row=row, by=by, at=at)
    return row
