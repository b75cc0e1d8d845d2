"""What is in force here and why: open to everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, open_to_all
from niangjia.policies import queries
from niangjia.policies.forms import InForceForm
from niangjia.policies.views import shaping


@open_to_all("what is in force, whose value it is and on which paper is public")
def policies(request: HttpRequest) -> HttpResponse:
    """What is in force here, and why."""
    form = InForceForm(request.GET)
    asked = form.answers(today=clock.today())
    chosen = queries.chosen_unit(unit_id=asked["unit_id"], day=asked["day"])
    choices = queries.unit_choices(chosen=chosen, day=asked["day"])
    form.offer(choices, chosen=asked["unit_id"])
    areas = queries.what_is_in_force(unit_id=asked["unit_id"], day=asked["day"], area=asked["area"])
    page = shaping.in_force(areas, chosen=chosen, day=asked["day"], query=request.GET)
    return render(request, "policies/policies.html", {"page": page, "form": form})


@open_to_all("one policy: its value, its way down, its history")
def policy_of(request: HttpRequest, key: str) -> HttpResponse:
    """One policy, explained step by step."""
    form = InForceForm(request.GET)
    asked = form.answers(today=clock.today())
    chosen = queries.chosen_unit(unit_id=asked["unit_id"], day=asked["day"])
    choices = queries.unit_choices(chosen=chosen, day=asked["day"])
    form.offer(choices, chosen=asked["unit_id"], with_area=False)
    found = queries.policy_page(key=key, unit_id=asked["unit_id"], day=asked["day"], case=asked["case"])
    page = shaping.one_policy(
        found, chosen=chosen, query=request.GET, actor=actor_of(request), today=clock.today()
    )
    return render(request, "policies/policy.html", {"page": page, "form": form})
