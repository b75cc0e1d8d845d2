"""What is known of a household is told section by section; where two tellings differ a person decides."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from niangjia.hearth import queries
from niangjia.hearth.forms.homes import SettleForm
from niangjia.hearth.forms.telling import TellingForm
from niangjia.hearth.queries.values import shown
from niangjia.hearth.views.around import home_of, kept, page_of
from niangjia.households import actions, rules
from niangjia.households import queries as households
from niangjia.households.permissions import Word
from niangjia.households.queries import Inmate
from niangjia.households.rules import Fact as Asked
from niangjia.households.rules import Merge, Value
from niangjia.kernel import clock
from niangjia.kernel.doors import requires
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.forms import answer, by_at
from niangjia.kernel.policing import value_of
from niangjia.kernel.shapes import Fact
from niangjia.kernel.words import say

if TYPE_CHECKING:
    from niangjia.households.models import Household

TEMPLATE = "hearth/telling.html"


def form_of(
    request: HttpRequest, row: "Household", facts: Sequence[Asked], member: int | None
) -> TellingForm:
    """The form of some facts, with what stands and the version of each."""
    standing = {
        key: one for (whose, key), one in households.standing_of(household=row).items() if whose == member
    }
    flags = value_of(key="aid.exclusions", unit_id=row.keeper_id, day=clock.today()).of(tuple)
    return TellingForm(request.POST or None, facts=facts, standing=standing, version=row.version, flags=flags)


def changes_of(form: TellingForm, row: "Household", member: int | None) -> list[rules.Change]:
    """What the form tells anew, against what its teller saw."""

    def past(key: str, version: int) -> Value:
        told = households.tellings_of(household=row, past=True, key=key, member=member)
        return next((one.value for one in told if one.version == version), "")

    return form.changes(past=past, member=member)


def say_what_differs(request: HttpRequest, found: Merge) -> None:
    """A stale form has overwritten nothing: what differs waits to be decided, and the page says so (B9)."""
    if found.conflicts:
        words = say(
            "有 {n} 处在您填写期间别人也填过。两次填写都留着，没有覆盖，请在“待核定”里选定。",
            n=len(found.conflicts),
        )
        messages.warning(request, words.render(gettext))


@requires(Word.KEEP)
def edit(request: HttpRequest, household_id: int, section_code: str) -> HttpResponse:
    """A section of the household is told."""
    row, section = kept(request, household_id), rules.BY_SECTION.get(section_code)
    if section is None:
        raise NotVisible
    form = form_of(request, row, section.facts, None)

    def act(_told: Mapping[str, Any]) -> str:
        changes = changes_of(form, row, None)
        say_what_differs(request, actions.amend(household_id=row.pk, changes=changes, **by_at(request)))
        return home_of(row)

    page = page_of(row, section.label, say("保存"), said=say("已保存。"), template=TEMPLATE)
    return answer(request, form, page, act=act)


@requires(Word.KEEP)
def edit_member(request: HttpRequest, household_id: int, inmate_id: int) -> HttpResponse:
    """What is known of a member is told."""
    row = kept(request, household_id)
    one = queries.inmate_of(household=row, member_id=inmate_id)
    form = form_of(request, row, rules.OF_MEMBER.facts, one.number)

    def act(_told: Mapping[str, Any]) -> str:
        changes = changes_of(form, row, one.number)
        say_what_differs(request, actions.amend(household_id=row.pk, changes=changes, **by_at(request)))
        return home_of(row)

    title = say("{name}的情况", name=one.name)
    page = page_of(row, title, say("保存"), said=say("已保存。"), known=who(one), template=TEMPLATE)
    return answer(request, form, page, act=act)


def who(one: Inmate) -> tuple[Fact, ...]:
    """Whom a form is about, so that nobody fills in another's."""
    return (Fact(say("姓名"), one.name), Fact(say("与户主关系"), say(rules.RELATIONS[one.relation])))


@requires(Word.KEEP)
def settle(request: HttpRequest, household_id: int, proposal_id: int) -> HttpResponse:
    """Two tellings of one fact stand side by side; the officer says which holds, and why (App. D 15)."""
    row = kept(request, household_id)
    found = next((one for one in households.proposals_of(household=row) if one.number == proposal_id), None)
    if found is None:
        raise NotVisible(say("这一处已经核定过了。请打开家庭档案看现在的情况。"))
    form = SettleForm(request.POST or None)

    def act(told: Mapping[str, Any]) -> str:
        take = told["take"] == "told"
        actions.settle_proposal(
            household_id=row.pk, proposal_id=proposal_id, take=take, reason=told["reason"], **by_at(request)
        )
        return home_of(row)

    label = say(found.label)
    fact = rules.fact_of(found.key, member=found.member is not None)
    form.hints = {  # type: ignore[attr-defined]
        "take": {"told": shown(fact=fact, value=found.told), "stands": shown(fact=fact, value=found.stands)}
    }
    form.told = queries.both_told(household=row, found=found)  # type: ignore[attr-defined]
    title, said = say("核定：{label}", label=label), say("已核定，两次填写都留在历次填写里。")
    page = page_of(row, title, say("以此为准"), said=said, words=found.name, template="hearth/settle.html")
    return answer(request, form, page, act=act)
