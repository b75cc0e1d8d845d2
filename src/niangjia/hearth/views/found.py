"""Whom a form means: somebody of the register by his number, or somebody new, looked for first (R-G-07)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from niangjia.households.actions import MemberDraft
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.identifiers import IdKind
from niangjia.kernel.words import Said, listed, say
from niangjia.people import queries as people
from niangjia.people.actions import PersonDraft
from niangjia.people.rules import Alike, Paper, read_paper

if TYPE_CHECKING:
    from niangjia.hearth.forms.homes import PersonForm

ASK_NAME = say("名册里还没有这个号码，或者由别的工会登记。请填写姓名，用来登记或核对。")


def draft_of(
    request: HttpRequest, form: "PersonForm", told: Mapping[str, Any], *, relation: str
) -> MemberDraft:
    """The member that the form means; raises BadInput or Refused with what to look at first."""
    if told["number"] and not told["name"]:
        return _known(request, told, relation)
    if not told["number"] and not told["checked"]:
        _require_nobody_alike(request, form, told)
    return MemberDraft(
        relation, told["name"], told["number"], id_kind=IdKind(told["kind"]), mobile=told["mobile"]
    )


def _known(request: HttpRequest, told: Mapping[str, Any], relation: str) -> MemberDraft:
    """Somebody whom the officer's register holds under the number: his name need not be typed."""
    paper = Paper(IdKind(told["kind"]), told["number"])
    scope = actor_of(request).scope_for("people.read")
    value = read_paper(paper, today=clock.today(), field="number")
    holder = people.holder_of(value=value, scope=scope)
    if holder is None or not holder.visible:
        raise BadInput(ASK_NAME, field="name")
    return MemberDraft(relation, person_id=holder.person_id)


def _require_nobody_alike(request: HttpRequest, form: "PersonForm", told: Mapping[str, Any]) -> None:
    """Without a number the register is searched for somebody alike; the officer ticks that he has looked."""
    found = people.look_alikes(
        draft=PersonDraft(told["name"]),
        paper=None,
        mobile=told["mobile"],
        actor=actor_of(request),
        day=clock.today(),
    )
    if found:
        form.ask_to_check()
        raise Refused(*map(_alike, found), field="checked")


def _alike(one: Alike) -> Said:
    return say(
        "可能已有登记：在“{keeper}”有一人，{agrees}。请先核对，不要重复登记。",
        keeper=one.keeper,
        agrees=listed(one.agrees),
    )
