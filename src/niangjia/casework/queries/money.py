"""Out of which funds may be granted: what each has free, and what stays after (ui.md A11)."""

from datetime import date

from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import Said, say
from niangjia.ledger import queries as ledger
from niangjia.payments import queries as payments

Choice = tuple[int, str, Said]


def funds_for(*, actor: Actor, day: date, wanted: Yuan) -> list[Choice]:
    """The funds whose books the reader sees, those of his own union first; other people's money is none."""
    rows = ledger.funds_in_scope(scope=actor.scope_for("ledger.read"), day=day).filter(book__memo=False)
    found = sorted(rows, key=lambda one: (one.book.unit_id != actor.unit_id, one.book.path, one.code))
    with beyond():
        return [
            (one.pk, f"{one.name}（{one.book.title}）", _stays(payments.fund_free(fund_id=one.pk), wanted))
            for one in found
        ]


def fund_name(*, fund_id: int | None) -> str:
    """The name of the fund out of which something was granted."""
    with beyond():
        found = ledger.funds_in_scope(scope=EVERYWHERE).filter(pk=fund_id or 0).first()
        return found.name if found else "—"


def _stays(free: Yuan, wanted: Yuan) -> Said:
    if free < wanted:
        return say("可用 {free} 元，不够发 {n} 元。", free=free, n=wanted)
    return say("可用 {free} 元，发 {n} 元后还有 {rest} 元。", free=free, n=wanted, rest=free - wanted)
