"""A household is opened, its members come and go, their cards are compared, another becomes its head."""

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from niangjia.campaigns import actions as campaigns
from niangjia.campaigns import queries as reached
from niangjia.campaigns.permissions import Word as CampaignsWord
from niangjia.hearth import queries
from niangjia.hearth.forms import homes as forms
from niangjia.hearth.views.around import HOMES, home_of, kept, officers_of, page_of
from niangjia.hearth.views.found import draft_of
from niangjia.households import actions, rules
from niangjia.households import queries as households
from niangjia.households.permissions import Word
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.errors import BadInput
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.identifiers import GenuineException, IdKind
from niangjia.kernel.shapes import Crumb, Fact
from niangjia.kernel.words import say
from niangjia.people.rules import Paper

if TYPE_CHECKING:
    from niangjia.campaigns.models import Target

NUMBER = 15


@requires(Word.KEEP)
def open_home(request: HttpRequest) -> HttpResponse:
    """A worker's household is entered: he is looked for by his number first; a target is linked."""
    actor, lead = actor_of(request), _lead(request)
    form = forms.OpenForm(request.POST or None, initial={"name": lead.name if lead else ""})

    def act(told: Mapping[str, Any]) -> str:
        head = draft_of(request, form, told, relation=rules.SELF)
        row = actions.open_household(keeper_id=actor.unit_id or 0, head=head, **by_at(request))
        if lead is not None:
            campaigns.link_target(target_id=lead.pk, household_id=row.pk, **by_at(request))
        return home_of(row)

    known = [Fact(say("登记工会"), actor.unit_name)]
    known += [Fact(say("上报的对象"), lead.name, reverse("target", args=[lead.pk]))] if lead else []
    title = say("登记一户家庭")
    page = FormPage(
        title,
        say("登记这一户，接着填家庭情况"),
        crumbs=[Crumb(HOMES, reverse("households")), Crumb(title)],
        back=reverse("households"),
        words=say("先填户主（职工本人）；家庭成员和情况下一步再填。"),
        known=known,
        said=say("家庭已登记。请按“还缺什么”逐项补齐。"),
    )
    return answer(request, form, page, act=act)


def _lead(request: HttpRequest) -> "Target | None":
    """The target that the address names, if the reader answers for it."""
    asked = request.GET.get("target", "")
    if not asked.isdecimal() or len(asked) > NUMBER:
        return None
    actor = actor_of(request)
    if not actor.may(CampaignsWord.SETTLE):
        return None
    return reached.target_for(target_id=int(asked), actor=actor, word=CampaignsWord.SETTLE)


@requires(Word.KEEP)
def add_member(request: HttpRequest, household_id: int) -> HttpResponse:
    """Somebody lives with the worker."""
    row, form = kept(request, household_id), forms.MemberForm(request.POST or None)

    def act(told: Mapping[str, Any]) -> str:
        draft = draft_of(request, form, told, relation=told["relation"])
        member = actions.add_member(household_id=row.pk, draft=draft, **by_at(request))
        return reverse("edit-household-member", args=[row.pk, member.pk])

    page = page_of(
        row, say("添加家庭成员"), say("添加，接着填他的情况"), said=say("成员已添加。请接着填他的情况。")
    )
    return answer(request, form, page, act=act)


@requires(Word.KEEP)
def prove(request: HttpRequest, household_id: int, inmate_id: int) -> HttpResponse:
    """A member's number is compared with his card; a genuine one that does not pass needs two witnesses."""
    row, actor = kept(request, household_id), actor_of(request)
    one = queries.inmate_of(household=row, member_id=inmate_id)
    witnesses = officers_of({row.keeper_id, actor.unit_id or row.keeper_id})
    witnesses.pop(actor.user_id or 0, None)
    form = forms.ProveForm(request.POST or None, request.FILES or None, witnesses=witnesses)

    def act(told: Mapping[str, Any]) -> str:
        paper = Paper(IdKind(told["kind"]), told["number"], _exception(told, actor.user_id))
        actions.prove_member(household_id=row.pk, member_id=one.number, paper=paper, **by_at(request))
        return reverse("household-member", args=[row.pk, one.number])

    known = (Fact(say("姓名"), one.name), Fact(say("与户主关系"), say(rules.RELATIONS[one.relation])))
    title = say("核对证件号码")
    said = say("证件号码已核对。")
    page = page_of(row, title, say("已对照原件，登记号码"), said=said, known=known)
    return answer(request, form, page, act=act)


def _exception(told: Mapping[str, Any], user_id: int | None) -> GenuineException | None:
    """The vouchers of a genuine card: its fingerprint, who saw it, who confirms."""
    if not told["genuine"]:
        return None
    digest = hashlib.sha256(told["card"].read()).hexdigest()
    try:
        return GenuineException(digest, user_id or 0, int(told["witness"]))
    except ValueError as error:
        raise BadInput(say("第二见证人要换一个人。"), field="witness") from error


@requires(Word.KEEP)
def leave(request: HttpRequest, household_id: int, inmate_id: int) -> HttpResponse:
    """Somebody lives there no longer."""
    row = kept(request, household_id)
    one = queries.inmate_of(household=row, member_id=inmate_id)
    form = forms.LeaveForm(request.POST or None, initial={"on": clock.today()})

    def act(told: Mapping[str, Any]) -> str:
        actions.leave_household(household_id=row.pk, member_id=one.number, **told, **by_at(request))
        return home_of(row)

    page = page_of(
        row,
        say("不再共同生活"),
        say("登记他不再共同生活"),
        said=say("已登记。他的情况不再计入这一户。"),
        known=(Fact(say("姓名"), one.name),),
    )
    return answer(request, form, page, act=act)


@requires(Word.KEEP)
def replace_head(request: HttpRequest, household_id: int) -> HttpResponse:
    """Another member becomes the head; the file keeps its number (App. D 11)."""
    row = kept(request, household_id)
    others = {
        one.number: one.name for one in households.members_of(household=row) if one.relation != rules.SELF
    }
    form = forms.HeadForm(request.POST or None, members=others)

    def act(told: Mapping[str, Any]) -> str:
        actions.replace_head(
            household_id=row.pk,
            member_id=int(told["member"]),
            relation=told["relation"],
            reason=told["reason"],
            **by_at(request),
        )
        return home_of(row)

    words = (
        say("家庭编号不变，已填的情况都保留。") if others else say("这一户没有其他成员。请先添加家庭成员。")
    )
    page = page_of(row, say("更换户主"), say("更换户主"), said=say("户主已更换。"), words=words)
    return answer(request, form, page, act=act)
