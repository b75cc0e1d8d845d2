"""What the papers tell: an application with its household, a round's roster; for whoever was admitted."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from niangjia.aid import queries as aid
from niangjia.aid import rules
from niangjia.aid.rules import KINDS, State
from niangjia.casework.queries import confirmed_visit
from niangjia.households import queries as households
from niangjia.households.rules import CAUSES, MEMBER_BY_KEY, RELATIONS, STAGES
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.clock import day_of
from niangjia.kernel.identifiers import Sex
from niangjia.kernel.money import Yuan
from niangjia.kernel.periods import age_on
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import listed
from niangjia.notices import queries as notices
from niangjia.papers.rules import han_day
from niangjia.payments import queries as payments
from niangjia.people import queries as people
from niangjia.people.rules import SEXES

if TYPE_CHECKING:
    from niangjia.aid.models import AidApplication, Round

GRANTED = [str(one) for one in (State.APPROVED, State.PAYING, *rules.GRANTED)]


def sheet_of(*, row: "AidApplication", day: date) -> dict[str, Any]:
    """Everything that a form about an application tells, in words (pictures/form.png)."""
    with beyond():
        facts = households.facts_of(household=row.household)
        members = households.members_of(household=row.household)
        desks = aid.desks_of(row=row, day=day)
        told = {
            **_who(row, facts.get(None, {}), day),
            **_asked(row),
            "visit": _visit(row),
            "notice": _notice(row),
        }
    told["members"] = [_member(one, facts.get(one.number, {}), day) for one in members]
    told["review"] = f"{desks.review.name}：情况属实，同意上报。" if row.reviewed_by else ""
    told["decision"] = ""
    if row.decided_at and row.amount_fen:
        told["decision"] = (
            f"{desks.approve.name}：同意发放 {Yuan(row.amount_fen)} 元。{han_day(day_of(row.decided_at))}"
        )
    return told


def _who(row: "AidApplication", facts: Mapping[str, Any], day: date) -> dict[str, Any]:
    payee = row.payee
    papers = list(people.documents_of(person=payee).filter(until=None)[:1])
    income = facts.get("income_year")
    cause = str(facts.get("main_cause", ""))
    return {
        "name": payee.name,
        "sex": SEXES[Sex(payee.sex)] if payee.sex else "",
        "age": str(age_on(payee.birth_date, day)) if payee.birth_date else "",
        "id_no": f"尾号 {papers[0].tail}" if papers else "",
        "phone": str(facts.get("phone", "")),
        "union": row.unit.name,
        "address": str(facts.get("residence", "")),
        "cause": CAUSES.get(cause, ""),
        "income": Yuan(income) if isinstance(income, int) else None,
    }


def _asked(row: "AidApplication") -> dict[str, Any]:
    amount = Yuan(row.amount_fen) if row.amount_fen else None
    return {
        "kind": KINDS[row.kind].render(),
        "campaign": row.campaign.name if row.campaign else "",
        "asked": Yuan(row.asked_fen) if row.asked_fen else None,
        "amount": amount,
        "capital": amount.capital() if amount else "",
        "year": str(row.year),
        "student": row.student.name if row.student else "",
        "stage": STAGES.get(row.stage, ""),
        "school": row.school,
        "admission_no": row.admission_no,
        "tuition": Yuan(row.tuition_fen) if row.tuition_fen else None,
        "other_aid": row.other_aid,
        "words": aid.words_of(row=row),
        "applied_on": day_of(row.submitted_at) if row.submitted_at else None,
    }


def _member(one: households.Inmate, facts: Mapping[str, Any], day: date) -> list[str]:
    income = facts.get("income_month")
    identity = dict(MEMBER_BY_KEY["identity"].choices or {}).get(str(facts.get("identity", "")), "")
    return [
        one.name,
        RELATIONS[one.relation],
        str(age_on(one.born, day)) if one.born else "",
        identity,
        str(Yuan(income)) if isinstance(income, int) else "",
        str(facts.get("school", "")),
    ]


def _visit(row: "AidApplication") -> str:
    found = confirmed_visit(row=row)
    if found is None:
        return ""
    officers = listed(one.name for one in found.visitors.order_by("pk"))
    return f"{han_day(day_of(found.visited_at))}上门走访，情况属实，家庭已签名。走访人：{officers}"


def _notice(row: "AidApplication") -> str:
    if row.round_id is None:
        return ""
    rows = notices.notices_in_scope(scope=EVERYWHERE).filter(about_kind=rules.ROUND, about_id=row.round_id)
    found = rows.order_by("-id").first()
    if found is None:
        return ""
    where = f"，并张贴于{found.board}" if found.board else ""
    words = f"自{han_day(found.starts_on)}起在娘家平台公示 {found.workdays} 个工作日{where}"
    clear = notices.standing_of(about_kind=rules.ROUND, about_id=row.round_id)
    over = "，无异议。" if clear.is_clear else "。"
    return words + over


def roster_of(*, row: "Round") -> dict[str, Any]:
    """The roster of a round: who was granted what, into which account; signed by each (domain.md §5)."""
    with beyond():
        rows = list(
            row.applications.filter(state__in=GRANTED).select_related("payee", "unit").order_by("path", "pk")
        )
        lines = [_line(number, one) for number, one in enumerate(rows, 1)]
    total = Yuan.total(Yuan(one.amount_fen or 0) for one in rows)
    return {
        "union": row.unit.name,
        "round": row.name,
        "grants": len(rows),
        "households": len({one.household_id for one in rows}),
        "total": total,
        "capital": total.capital(),
        "rows": lines,
    }


def _line(number: int, row: "AidApplication") -> Sequence[object]:
    order = payments.order_of(about=(rules.KIND, row.pk), scope=EVERYWHERE)
    account = order.account if order else payments.account_in_use(person_id=row.payee_id)
    paid = han_day(row.paid_on) if row.paid_on and row.state in rules.GRANTED else ""
    return (
        number,
        row.payee.name,
        row.unit.name,
        KINDS[row.kind].render(),
        Yuan(row.amount_fen or 0),
        f"{account.bank} 尾号 {account.tail}" if account else "",
        paid,
        "",
    )
