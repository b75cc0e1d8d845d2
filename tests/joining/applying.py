"""Applications of invented people, made through the actions."""

from datetime import date

from niangjia.joining import actions, rules
from niangjia.kernel.access import PUBLIC, SYSTEM
from niangjia.kernel.identifiers import IdKind
from niangjia.people.rules import Paper
from tests.conftest import AT
from tests.members.people import number_of


def draft_of(place, *, name="安平", consent=None, born="19850601", **more):
    """What somebody tells; `place` makes his number."""
    told = {"mobile": f"1395741{place % 10_000:04}", "employer_told": "衢江区东磁公司"} | more
    return actions.ApplicationDraft(
        name=name,
        paper=Paper(IdKind.RESIDENT, number_of(place, born=born)),
        consent=len(rules.CONSENTS) if consent is None else consent,
        **told,
    )


def code_for(union, *, expires_on=date(2018, 12, 31), max_uses=500, by=SYSTEM, at=AT, **more):
    draft = actions.CodeDraft("一楼大厅", expires_on, max_uses, **more)
    return actions.make_code(unit_id=union.pk, draft=draft, by=by, at=at)


def applied(union, place=1, *, by=PUBLIC, at=AT, **more):
    """The application and its receipt code."""
    return actions.submit_application(draft=draft_of(place, **more), unit_id=union.pk, by=by, at=at)
