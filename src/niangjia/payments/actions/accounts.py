"""A person's account is kept, ended, and its number revealed for a purpose (R-AID-13, SC-6)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from niangjia.kernel import clock, journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sealing import seal
from niangjia.kernel.words import say
from niangjia.payments import queries, rules
from niangjia.payments.models import BankAccount
from niangjia.payments.permissions import Word
from niangjia.payments.queries.accounts import FIELD, TABLE, index_of
from niangjia.people import queries as people
from niangjia.people.actions import alarm_above_bound
from niangjia.people.rules.rights import require_purpose

if TYPE_CHECKING:
    from niangjia.people.models import Person

KIND, PERSON = rules.ACCOUNT_KIND, "people.person"


@transaction.atomic
def keep_account(*, person_id: int, draft: rules.AccountDraft, by: Actor, at: datetime) -> BankAccount:
    """The person is paid into this account from now on; the one before has ended. Told again it is the same.

    Raises BadInput for a number that cannot be one, a holder who is not the person (or his guardian of the
    register), a guardian without his paper; Refused for a number that is another person's own.
    """
    scope = by.scope_for(Word.ACCOUNT)
    person = _payee(person_id, by)
    guardian = people.person_in_scope(person_id=draft.guardian_id, scope=scope) if draft.guardian_id else None
    rules.require_guardian(draft, born=person.birth_date, day=clock.day_of(at))
    rules.require_holder(draft, name=guardian.name if guardian else person.name)
    number = rules.account_number(draft)
    with beyond():
        now = queries.accounts_of(person_id=person.pk).select_for_update().filter(ended_at=None)
        blind = index_of(number=number)
        known = next(
            (one for one in now if bytes(one.blind) == blind and one.guardian_id == draft.guardian_id), None
        )
        if known is not None:
            return known
        BankAccount.objects.filter(pk__in=[one.pk for one in now]).update(ended_at=at)
        row = _kept(
            BankAccount(
                person=person,
                relation=rules.Relation.GUARDIAN if guardian else rules.Relation.SELF,
                guardian=guardian,
                basis=draft.basis.strip() if guardian else "",
                sealed=seal(number, table=TABLE, person_id=person.pk, field=FIELD),
                blind=blind,
                tail=rules.tail_of(number),
                bank=draft.bank.strip(),
                holder=draft.holder.strip(),
                compared=draft.compared,
                kept_by=by.user_id,
                kept_at=at,
            )
        )
        after = {"relation": row.relation, "tail": row.tail}
        journal.record(
            "keep_account", by=by, at=at, kind=KIND, object_id=row.pk, person_id=person.pk, after=after
        )
    return row


def _payee(person_id: int, by: Actor) -> "Person":
    """The person himself, in whatever post he acts; or one whose account the acting post may keep."""
    if person_id == by.person_id:
        return people.own_person(person_id=person_id)
    by.require(Word.ACCOUNT)
    return people.person_in_scope(person_id=person_id, scope=by.scope_for(Word.ACCOUNT))


def _kept(row: BankAccount) -> BankAccount:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "bank_account_of_one_person" in str(error):
            words = say("这个账号已经登记在另一个人名下。请核对账号；是同一人重复登记的，请先办理资料合并。")
            raise Refused(words, field="number") from error
        if "bank_account_one_in_use" in str(error):
            words = say("刚刚有人给他登记了另一个账户。请看过再登记。")
            raise Refused(words, field="number") from error
        raise
    return row


@transaction.atomic
def end_account(*, account_id: int, reason: str, by: Actor, at: datetime) -> BankAccount:
    """Nothing more is paid into the account; what was paid into it stays told."""
    row = _seen(account_id, Word.ACCOUNT, by)
    with beyond():
        row = BankAccount.objects.select_for_update().get(pk=row.pk)
        if row.ended_at is not None:
            raise Refused(say("这个账户先前已经停用。"))
        BankAccount.objects.filter(pk=row.pk).update(ended_at=at)
        journal.record(
            "end_account", by=by, at=at, kind=KIND, object_id=row.pk, person_id=row.person_id, reason=reason
        )
        row.refresh_from_db()
    return row


@transaction.atomic
def reveal_account(*, account_id: int, purpose: str, words: str, by: Actor, at: datetime) -> str:
    """The full number, to be shown once; its person reads who looked and why (SC-6)."""
    row = _seen(account_id, Word.REVEAL, by)
    require_purpose(purpose=purpose, words=words)
    with beyond():
        number = queries.number_of(account=row)
        who, after = row.person_id, {"row": row.pk, "purpose": purpose}
        journal.record(
            "reveal_account", by=by, at=at, kind=PERSON, object_id=who, person_id=who, after=after,
            reason=words.strip(),
        )  # fmt: skip
    if row.person_id != by.person_id:
        alarm_above_bound(by=by, at=at)
    return number


def _seen(account_id: int, word: Word, by: Actor) -> BankAccount:
    by.require(word)
    with beyond():
        return queries.account_for(account_id=account_id, scope=by.scope_for(word))
