"""An officer sets, ends or takes back the value of the union of the acting post."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from niangjia.kernel import clock, policy
from niangjia.kernel.access import Actor
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer
from niangjia.kernel.shapes import Crumb
from niangjia.kernel.words import Said, say
from niangjia.policies import actions, queries
from niangjia.policies.forms import EndForm, ValueForm, WithdrawForm
from niangjia.policies.permissions import Word
from niangjia.policies.views import shaping


@requires(Word.SET)
def policy_set(request: HttpRequest, key: str) -> HttpResponse:
    """The acting post's union sets its own value; the union is implied by the post."""
    actor, definition = actor_of(request), policy.shipped().definition(key)
    start = shaping.start_of(definition, actor=actor, today=clock.today(), query=request.GET)
    form = ValueForm(request.POST or None, initial=start.initial, definition=definition, leads=start.leads)

    def act(cleaned: Mapping[str, Any]) -> str:
        actions.set_local_value(
            unit_id=actor.unit_id or 0,
            draft=actions.ValueDraft(**form.draft(dict(cleaned))),
            version=cleaned["version"],
            today=clock.today(),
            by=actor,
            at=clock.now(),
        )
        return shaping.address_of(definition.key, unit=actor.unit_id)

    return answer(request, form, start.page, act=act)


@requires(Word.SET)
def policy_end(request: HttpRequest, value_id: int) -> HttpResponse:
    """The union's own value ends on a day."""
    actor = actor_of(request)
    row = queries.own_value(value_id=value_id, scope=actor.scope_for(Word.SET))

    def act(cleaned: Mapping[str, Any]) -> str:
        actions.end_local_value(value_id=row.pk, today=clock.today(), by=actor, at=clock.now(), **cleaned)
        return shaping.address_of(row.key, unit=actor.unit_id)

    page = _page(say("停用本单位的值"), say("停用这个值"), row.key, actor, said=say("已登记停用。"))
    return answer(request, EndForm(request.POST or None), page, act=act)


@requires(Word.SET)
def policy_withdraw(request: HttpRequest, value_id: int) -> HttpResponse:
    """A planned value is taken back."""
    actor = actor_of(request)
    row = queries.own_value(value_id=value_id, scope=actor.scope_for(Word.SET))

    def act(cleaned: Mapping[str, Any]) -> str:
        actions.withdraw_local_value(
            value_id=row.pk, today=clock.today(), by=actor, at=clock.now(), **cleaned
        )
        return shaping.address_of(row.key, unit=actor.unit_id)

    page = _page(say("撤回未生效的值"), say("撤回这个值"), row.key, actor, said=say("已撤回。"))
    return answer(request, WithdrawForm(request.POST or None), page, act=act)


def _page(title: Said, button: Said, key: str, actor: Actor, *, said: Said) -> FormPage:
    definition = policy.shipped().definition(key)
    back = shaping.address_of(key, unit=actor.unit_id)
    crumbs = [Crumb(say("现行政策"), reverse("policies")), Crumb(definition.label.said, back), Crumb(title)]
    return FormPage(title, button, crumbs, back, definition.label.said, said=said)
