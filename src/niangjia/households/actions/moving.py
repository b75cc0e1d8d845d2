"""Households follow a union that ends to its heir, and a person whose two records become one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from niangjia.households import queries
from niangjia.households.models import Fact, Household, HouseholdMember, Proposal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.sealing import resealed
from niangjia.kernel.words import say
from niangjia.restructuring.rules.parties import Hindrance, Plan


class HouseholdsParty:
    """What a restructure asks of household files (port `NIANGJIA_RESTRUCTURE_PARTIES`; App. D 10)."""

    label = say("家庭档案")

    def check(self, *, plan: Plan, today: date) -> Sequence[Hindrance]:
        """Nothing has to be settled before the day: the files go along with the members."""
        return ()

    def carry(self, *, plan: Plan, by: Actor, at: datetime) -> Mapping[str, Any]:
        """The heirs keep the files of the sources."""
        rows = Household.objects.select_for_update().filter(keeper_id__in=plan.source_ids).order_by("pk")
        was = [[row.pk, row.keeper_id] for row in rows if plan.place_of(row.keeper_id) != row.keeper_id]
        for number, keeper in was:
            Household.objects.filter(pk=number).update(keeper_id=plan.place_of(keeper))
        return {"was": was}

    def undo(self, *, plan: Plan, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """Every file lies where it lay."""
        for number, keeper in facts["was"]:
            Household.objects.filter(pk=number).update(keeper_id=keeper)


class HouseholdParty:
    """Household files follow the merge of two records of one person (port of `matching`)."""

    def carry(
        self, *, keep_id: int, drop_id: int, chosen: Mapping[str, str], by: Actor, at: datetime
    ) -> Mapping[str, Any]:
        """What is known of the one is known of the other; refused while both live in households."""
        if queries.household_of(person_id=keep_id) and queries.household_of(person_id=drop_id):
            raise Refused(
                say("两份资料各有一份家庭档案。一个人只在一户里，请先办理其中一户，再来合并。"), field="keep"
            )
        return self._moved(was=drop_id, now=keep_id, only=None)

    def undo(self, *, keep_id: int, drop_id: int, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """What was moved goes home, sealed for him as before."""
        self._moved(was=keep_id, now=drop_id, only=facts)

    def _moved(self, *, was: int, now: int, only: Mapping[str, Any] | None) -> dict[str, list[int]]:
        facts: dict[str, list[int]] = {}
        for name, model, column in (
            ("heads", Household, "head_id"),
            ("members", HouseholdMember, "person_id"),
        ):
            rows = model._default_manager.filter(**{column: was})  # noqa: SLF001 - Django's name
            rows = rows if only is None else rows.filter(pk__in=only[name])
            facts[name] = sorted(rows.values_list("pk", flat=True))
            model._default_manager.filter(pk__in=facts[name]).update(**{column: now})  # noqa: SLF001
        for name, told in (("facts", Fact), ("proposals", Proposal)):
            held = told._default_manager.filter(person_id=was)  # noqa: SLF001
            held = held if only is None else held.filter(pk__in=only[name])
            facts[name] = sorted(held.values_list("pk", flat=True))
            for row in held.filter(pk__in=facts[name]):
                table = told._meta.db_table  # noqa: SLF001
                value = resealed(row.value, table=table, field="value", was=was, now=now)
                told._default_manager.filter(pk=row.pk).update(person_id=now, value=value)  # noqa: SLF001
        return facts


HOUSEHOLDS, MERGE_PARTY = HouseholdsParty(), HouseholdParty()
