"""Memberships follow the merge of two records of one person, and come back exactly (port of `people`)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import Refused
from niangjia.kernel.sealing import resealed
from niangjia.kernel.words import say
from niangjia.members.actions.changing import CARRIED_OVER
from niangjia.members.actions.folding import fold_soon
from niangjia.members.models import Membership
from niangjia.members.rules import Begun, Ended, State
from niangjia.members.rules.merging import BESIDE, Ends, Goes, Plan, Stretch, plan_of
from niangjia.people import actions as people

TOUCHED = ("person_id", "counts", "until", "ended", "version")
TABLE, BASE = "members_membership", "fee_base"
Told = dict[str, Any]


class MembersParty:
    """Stretches that can be the person's move to the record that goes on; of two that count one ends."""

    def carry(
        self, *, keep_id: int, drop_id: int, chosen: Mapping[str, str], by: Actor, at: datetime
    ) -> Mapping[str, Any]:
        """Exactly one membership counts from today on."""
        rows = {row.pk: row for row in Membership.objects.select_for_update().filter(
            person_id__in=(keep_id, drop_id)).order_by("pk")}  # fmt: skip
        beside = chosen.get("beside", "end")
        if beside not in BESIDE:
            raise Refused(say("请选择不再计数的会籍如何处理。"), field="beside")
        plan = plan_of([_stretch(row, keep_id) for row in rows.values()], day=day_of(at), beside=beside)
        touched = [rows[one.number] for one in plan.ended] + [rows[number] for number in plan.moved]
        facts: Told = {"before": [_columns(row) for row in touched]}
        facts["made"] = _carried_out(plan, rows, keep_id)
        facts["keeper"] = _keep_where_he_counts(keep_id, drop_id, day_of(at))
        facts["after"] = _state((keep_id, drop_id))
        fold_soon()
        return facts

    def undo(self, *, keep_id: int, drop_id: int, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """Every stretch stands as before; refused if any of them was touched since."""
        if _state((keep_id, drop_id)) != facts["after"]:
            raise Refused(say("合并之后又办过会籍，不能原样拆分。请先撤销后办的那一步，或者分别更正。"))
        Membership.objects.filter(pk__in=facts["made"]).delete()
        _restore(facts["before"])
        for one in facts["keeper"]:
            people.restore_keeper(**one)
        fold_soon()


def _carried_out(plan: Plan, rows: Mapping[int, Membership], keep_id: int) -> list[int]:
    """The plan is done; returns the numbers of the stretches that go on anew."""
    try:
        with transaction.atomic():
            for one in plan.ended:
                _end(one)
            _move(plan.moved, keep_id)
            return [_go_on(rows[one.number], one, keep_id).pk for one in plan.going]
    except IntegrityError as error:
        raise Refused(say("两份资料的会籍今天刚刚变动过，日期重叠。请明天再合并。")) from error


def _stretch(row: Membership, keep_id: int) -> Stretch:
    return Stretch(
        row.pk, row.union_id, row.counts, State(row.state), row.since, row.until, row.person_id == keep_id
    )


def _columns(row: Membership) -> Told:
    told = {name: getattr(row, name) for name in TOUCHED}
    until = row.until.isoformat() if row.until else None
    base = bytes(row.fee_base).hex() if row.fee_base else None
    return {"id": row.pk, **told, "until": until, "state": row.state, BASE: base}


def _end(one: Ends) -> None:
    row = Membership.objects.get(pk=one.number)
    row.until, row.ended, row.counts, row.version = one.until, Ended.DOUBLED, one.counts, row.version + 1
    row.state = row.state if one.counts else State.ACTIVE
    row.save(update_fields=["until", "ended", "counts", "state", "version"])


def _move(numbers: Iterable[int], keep_id: int) -> None:
    for row in Membership.objects.filter(pk__in=list(numbers)):
        row.fee_base = _base_for(row, keep_id)
        row.person_id, row.version = keep_id, row.version + 1
        row.save(update_fields=["person", "version", BASE])


def _base_for(row: Membership, keep_id: int) -> bytes | None:
    """The base of dues, sealed for the record that goes on."""
    if not row.fee_base:
        return None
    return resealed(row.fee_base, table=TABLE, field=BASE, was=row.person_id, now=keep_id)


def _go_on(row: Membership, one: Goes, keep_id: int) -> Membership:
    told = {name: getattr(row, name) for name in CARRIED_OVER} | {BASE: _base_for(row, keep_id)}
    begun = Begun.CARRIED if one.counts else Begun.AFFILIATED
    return Membership.objects.create(
        person_id=keep_id, union_id=row.union_id, since=one.since, until=one.until, counts=one.counts,
        state=one.state, begun=begun, ended=row.ended if one.until else "", **told,
    )  # fmt: skip


def _keep_where_he_counts(keep_id: int, drop_id: int, day: date) -> list[Told]:
    """The person is kept where his membership counts; where he was kept before, if that moved him."""
    counting = Membership.objects.filter(person=keep_id, counts=True, until=None, since__lte=day).first()
    keep, drop = people.hold_both(keep_id=keep_id, drop_id=drop_id)
    if counting is None or counting.union_id == keep.keeper_id:
        return []
    told = [{"person_id": one.pk, "keeper_id": one.keeper_id, "version": one.version} for one in (keep, drop)]
    people.keep_at(person_id=keep_id, keeper_id=counting.union_id)
    return told


def _state(person_ids: tuple[int, int]) -> list[list[Any]]:
    """What stands for both records: number, person and version of every stretch."""
    rows = Membership.objects.filter(person_id__in=person_ids).order_by("pk")
    return [[row.pk, row.person_id, row.version] for row in rows]


def _restore(before: Iterable[Told]) -> None:
    try:
        with transaction.atomic():
            for told in reversed(list(before)):  # moved rows go home before ended ones grow again
                columns = {name: value for name, value in told.items() if name != "id"}
                columns[BASE] = bytes.fromhex(told[BASE]) if told[BASE] else None
                Membership.objects.filter(pk=told["id"]).update(**columns)
    except IntegrityError as error:
        raise Refused(say("合并之后会籍另有变动，不能原样拆分。请核对两份资料的会籍。")) from error


MERGE_PARTY = MembersParty()
