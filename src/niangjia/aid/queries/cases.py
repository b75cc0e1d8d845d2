"""What the rules ask of an application, read past the scope: it was admitted before."""

from datetime import date

from niangjia.aid import rules
from niangjia.aid.models import AidApplication
from niangjia.aid.rules import AidKind, Around, Case, Hands, Study
from niangjia.hardship import queries as hardship
from niangjia.households import queries as households
from niangjia.households import rules as home_rules
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.clock import day_of
from niangjia.kernel.money import Yuan
from niangjia.kernel.policing import value_of
from niangjia.kernel.policy import OutOfForce
from niangjia.kernel.reaching import beyond
from niangjia.notices import queries as notices
from niangjia.payments import queries as payments
from niangjia.visits import queries as visits


def case_of(*, row: AidApplication, day: date) -> Case:
    """The application with its household and the standards in force there and then."""
    with beyond():
        dwelling = households.dwelling_of(household=row.household)
        filed = hardship.is_filed(household_id=row.household_id, day=day)
        home = [one.words for one in home_rules.findings(dwelling) if not one.warning]
        study = _study(row, dwelling) if row.kind == AidKind.STUDY else None
        return Case(
            kind=AidKind(row.kind),
            asked=None if row.asked_fen is None else Yuan(row.asked_fen),
            home=home,
            filed=filed,
            deceased=row.payee.deceased_on is not None and row.payee.deceased_on <= day,
            study=study,
            standard=standard_at(unit_id=row.unit_id, day=day, stage=row.stage, filed=filed)
            if study
            else None,
            excluded=value_of(key="aid.study_excluded", unit_id=row.unit_id, day=day).of(tuple)
            if study
            else (),
        )


def _study(row: AidApplication, dwelling: home_rules.Dwelling) -> Study:
    lives = {one.person: one for one in dwelling.members}
    found = lives.get(row.student_id or 0)
    return Study(
        student=found.name if found else "",
        real=bool(found and found.real),
        lives_here=found is not None,
        stage=row.stage,
        school=row.school,
        kind=row.school_kind,
        admission_no=row.admission_no,
        tuition=None if row.tuition_fen is None else Yuan(row.tuition_fen),
    )


def standard_at(*, unit_id: int, day: date, stage: str, filed: bool) -> Yuan | None:
    """The amount of study aid for a stage, by whether a file stands; none where none is set (R-AID-10)."""
    try:
        return value_of(key="aid.study_amounts", unit_id=unit_id, day=day, stage=stage, filed=filed).of(Yuan)
    except OutOfForce:
        return None


def around_of(*, row: AidApplication) -> Around:
    """Its visit, its notice, its payment order."""
    with beyond():
        order = payments.order_of(about=(rules.KIND, row.pk), scope=EVERYWHERE)
        return Around(
            visited=is_visited(row=row),
            notice_clear=round_is_clear(round_id=row.round_id),
            ordered=order is not None,
            paid=order is not None and order.state == "paid",
        )


def is_visited(*, row: AidApplication) -> bool:
    """Whether two officers were at the door and the family signed: in its campaign, or within the months of
    `visit.valid_months` before the application where it is of none (R-AID-01)."""
    since = None
    if row.campaign_id is None:
        since = visits.valid_since(path=row.path, day=day_of(row.created_at))
    return visits.is_confirmed(household_id=row.household_id, campaign_id=row.campaign_id, since=since)


def round_is_clear(*, round_id: int | None) -> bool:
    """Whether the round's notice has run and every objection is dealt with; inside `beyond`."""
    if round_id is None:
        return False
    standing = notices.standing_of(about_kind=rules.ROUND, about_id=round_id)
    taken_out = AidApplication.objects.filter(round_id=round_id, objected=True).count()
    return rules.is_clear(
        finished=standing.finished,
        unanswered=standing.unanswered,
        upheld=standing.upheld,
        taken_out=taken_out,
    )


def hands_of(*, row: AidApplication) -> Hands:
    """Which accounts did what so far."""
    return Hands(row.asked_by, row.reviewed_by)
