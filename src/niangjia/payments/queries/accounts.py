"""Where persons are paid, as tails; a full number only for the bank's file and for a journalled reveal."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import QuerySet

from niangjia.kernel.access import Scope
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.periods import add_years
from niangjia.kernel.policing import value_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sealing import blind_index, keys_for, unseal
from niangjia.kernel.words import say
from niangjia.payments.models import BankAccount, PaymentOrder
from niangjia.payments.rules import OPEN
from niangjia.people import queries as people
from niangjia.people.rules.rights import Duty

TABLE, FIELD = "payments_bankaccount", "sealed"


def index_of(*, number: str) -> bytes:
    """The blind index of an account number."""
    return blind_index(number, purpose="bank account")


def accounts_of(*, person_id: int) -> QuerySet[BankAccount]:
    """A person's accounts, the one in use first; those of records merged into his too."""
    records = people.records_of(person_id=person_id)
    return BankAccount.objects.filter(person__in=records).order_by("-ended_at", "-kept_at", "-id")


def account_in_use(*, person_id: int) -> BankAccount | None:
    """The account into which the person is paid now."""
    return accounts_of(person_id=person_id).filter(ended_at=None).order_by("-kept_at", "-id").first()


def duties_of(*, person_id: int, day: date) -> list[Duty]:
    """Why something of a person must still be kept: payments under way, vouchers for their time (R-G-10)."""
    with beyond():
        rows = PaymentOrder.objects.filter(payee=person_id)
        under_way = rows.filter(state__in=[str(one) for one in OPEN]).exists()
        last = rows.exclude(paid_on=None).order_by("-paid_on").values_list("paid_on", flat=True).first()
    if under_way:
        return [Duty(say("还有款项正在办理支付"))]
    if last is None:
        return []
    keep = value_of(key="privacy.retention", unit_id=None, day=day, data_class="payment").of(dict)
    until = add_years(last, int(keep["keep"]))
    return [Duty(say("付款凭证依会计法律须留存"), until)] if day < until else []


def account_for(*, account_id: int, scope: Scope) -> BankAccount:
    """An account of a person whom the scope shows, or 404."""
    row = BankAccount.objects.filter(pk=account_id).first()
    if row is None:
        raise NotVisible
    people.person_in_scope(person_id=row.person_id, scope=scope)
    return row


def number_of(*, account: BankAccount) -> str:
    """The full number; the caller has asked the purpose and journals the reveal (SC-6)."""
    return unseal(account.sealed, table=TABLE, person_id=account.person_id, field=FIELD)


def numbers_of(*, accounts: Iterable[BankAccount]) -> Mapping[int, str]:
    """The full numbers by account, for the bank's file alone; its fetching is journalled."""
    told = list(accounts)
    keys = keys_for({one.person_id for one in told}, make=False)
    return {
        one.pk: keys.unseal(one.sealed, table=TABLE, person_id=one.person_id, field=FIELD) for one in told
    }
