"""Possible duplicates are found by a nightly comparison, or reported by an officer who knows."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from niangjia.kernel import journal
from niangjia.kernel.access import SYSTEM, Actor
from niangjia.kernel.errors import NotAllowed, Refused
from niangjia.kernel.policing import value_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.matching import queries, rules
from niangjia.matching.models import DuplicateCase
from niangjia.matching.permissions import Word
from niangjia.matching.rules import KIND, State
from niangjia.people import queries as people


@transaction.atomic
def find_duplicates(*, today: date, at: datetime) -> int:
    """Every pair that a rule proposes stands in a case; a pair that was decided is not asked again."""
    at_most = value_of(key="member.shared_mobile", unit_id=None, day=today).of(int)
    with beyond():
        made = _kept([*queries.pairs_to_look_at(at_most=at_most), *queries.pairs_by_number()], at=at)
    if made:
        journal.record(
            "find_duplicates", by=SYSTEM, at=at, kind="matching.search", object_id=None, after={"pairs": made}
        )
    return made


@transaction.atomic
def report_duplicate(*, first_id: int, second_id: int, reason: str, by: Actor, at: datetime) -> DuplicateCase:
    """Two records that an officer takes for one person; one of them at least is kept in his scope."""
    first, second = sorted((first_id, second_id))
    if first == second:
        raise Refused(say("这是同一张会员卡。请填写两个不同的卡号。"), field="second")
    with beyond():
        found = list(people.records(person_ids=(first, second)))
    mine = [one for one in found if by.may(Word.PROPOSE, at=one.path)]
    if len(found) < 2 or not mine:  # noqa: PLR2004 - a pair
        raise Refused(say("没有找到这两个人，或者都不在您的工作范围内。请核对卡号。"), field="first")
    if any(one.merged_into_id or one.erased_at for one in found):
        raise NotAllowed(say("其中一份资料已合并或删除，不用再登记。"))
    with beyond():
        known = DuplicateCase.objects.filter(first=first, second=second).exclude(state=State.UN_MERGED)
        row = known.first() or _opened(first, second, at=at)
    journal.record(
        "report_duplicate", by=by, at=at, kind=KIND, object_id=row.pk, after={"case": row.pk}, reason=reason
    )
    return row


def _opened(first: int, second: int, *, at: datetime) -> DuplicateCase:
    features = queries.agreement(first_id=first, second_id=second)
    return DuplicateCase.objects.create(
        first_id=first,
        second_id=second,
        features=[str(one) for one in features],
        score=rules.score_of(features),
        found_at=at,
    )


def _kept(pairs: Iterable[queries.Pair], *, at: datetime) -> int:
    by_pair: dict[tuple[int, int], set[rules.Feature]] = {}
    for pair in pairs:
        by_pair.setdefault((pair.first_id, pair.second_id), set()).update(pair.features)
    held = set(
        DuplicateCase.objects.filter(first__in={first for first, _ in by_pair}).values_list("first", "second")
    )
    rows = [
        DuplicateCase(
            first_id=first,
            second_id=second,
            features=[str(one) for one in rules.Feature if one in features],
            score=rules.score_of(features),
            found_at=at,
        )
        for (first, second), features in sorted(by_pair.items())
        if (first, second) not in held
    ]
    return len(DuplicateCase.objects.bulk_create(rows, batch_size=2000))
