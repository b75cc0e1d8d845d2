"""Who receives: whom the visit is for, or of somebody who died his next of kin (R-AID-13, Appendix D 11)."""

from datetime import datetime

from niangjia.households import actions as households
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import BadInput
from niangjia.kernel.identifiers import IdKind
from niangjia.kernel.words import say
from niangjia.people import actions as people
from niangjia.people.rules import Paper
from niangjia.sympathy.models import SympathyVisit
from niangjia.sympathy.rules import Kin, Occasion

LONGEST_RELATION = 20


def recipient_of(*, row: SympathyVisit, kin: Kin, by: Actor, at: datetime) -> tuple[int, str]:
    """The person who receives, and what he was to the dead; to be called inside `beyond`."""
    if row.occasion != Occasion.DEATH:
        return row.person_id, ""
    name, relation = kin.name.strip(), kin.relation.strip()
    if not name or not relation:
        words = say("请填写领取慰问的家属姓名和与逝者的关系，例如“配偶”。")
        raise BadInput(words, field="kin_relation" if name else "kin_name")
    if len(relation) > LONGEST_RELATION:
        raise BadInput(say("与逝者的关系最多 {n} 个字。", n=LONGEST_RELATION), field="kin_relation")
    number = _person(row, kin, by=by, at=at)
    if number == row.person_id:
        raise BadInput(say("领取人不能是逝者本人。请核对家属的证件号码。"), field="kin_number")
    return number, relation


def _person(row: SympathyVisit, kin: Kin, *, by: Actor, at: datetime) -> int:
    """The person who bears the number, found before he is entered anew (R-G-01)."""
    paper = Paper(IdKind.RESIDENT, kin.number) if kin.number.strip() else None
    if paper is not None:
        try:
            known = households.bearer_of(paper=paper, name=kin.name, by=by, at=at)
        except BadInput as error:
            raise BadInput(*error.reasons, field="kin_number") from error
        if known is not None:
            return known
    person = people.register_person(
        draft=people.PersonDraft(kin.name), keeper_id=row.unit_id, paper=paper, today=day_of(at), by=by, at=at
    )
    return person.pk
