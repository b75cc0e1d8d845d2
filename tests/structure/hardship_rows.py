"""Needy-worker files and economic checks of the two cities; a family on its way step by step."""

import itertools
import json
import uuid
from datetime import date

from tests.conftest import AT, TODAY
from tests.households.worlds import FACTS, MEMBER_FACTS
from tests.members.people import number_of

from niangjia.hardship import actions
from niangjia.hardship.actions import Asked, Lead
from niangjia.hardship.models import Decision, NeedyWorkerFile, Relative
from niangjia.households import actions as households
from niangjia.households import queries as homes
from niangjia.households.actions import MemberDraft
from niangjia.households.models import Household
from niangjia.households.rules import NO_FLAGS
from niangjia.kernel.access import SYSTEM
from niangjia.kernel.money import Yuan
from niangjia.kernel.sealing import seal
from niangjia.means import actions as means
from niangjia.means import queries as means_queries
from niangjia.means.models import Authorisation, Batch, Check, Checked
from niangjia.means.rules import Answer, Outcome
from niangjia.notices.models import PublicNotice
from niangjia.visits.models import HomeVisit, Visitor

FIRST = "田"
BY = {"by": SYSTEM, "at": AT}
WORDS = {
    "report-hardship": {"name": "欧阳困难", "place": "", "words": "", "unit": ""},
    "open-file-notice": {"place": "online", "board": ""},
    "town-review-file": {"exception": "", "words": "入户核实属实。"},
    "propose-file-end": {"end": "lift", "cause": "improved"},
    "authorise-check": {"way": "paper", "signed_on": TODAY.isoformat()},
    "amend-file": {"level": "county", "labour_since": "", "lives_here": ""},
    "end-temporary-file": {"promote": "no"},
    "decide-file-appeal": {"upheld": "no"},
}
"""What the forms of files are told where every road is tried once."""
SPARE = {
    "apply-for-file": ("lead_file",),
    "drop-lead": ("bare_lead",),
    "open-temporary-file": ("urgent_lead",),
    "amend-file": ("applied_file",),
    "first-review-file": ("applied_file",),
    "send-back-file": ("applied_file",),
    "reject-file": ("applied_file",),
    "withdraw-file": ("applied_file",),
    "answer-file-return": ("returned_file",),
    "take-up-visit": ("waiting_file",),
    "ask-file-check": ("visited_file",),
    "town-review-file": ("checked_file",),
    "open-file-notice": ("reviewed_file",),
    "review-file-again": ("noticed_file",),
    "send-file-down": ("noticed_file",),
    "approve-file": ("noticed_file",),
    "enter-file": ("approved_file",),
    "start-file-review": ("active_file",),
    "propose-file-end": ("active_file",),
    "say-file-review": ("due_file",),
    "finish-file-review": ("due_file",),
    "confirm-file-end": ("ending_file",),
    "refuse-file-end": ("ending_file",),
    "reopen-file": ("lifted_file",),
    "end-temporary-file": ("temporary_file",),
    "appeal-file": ("rejected_file",),
    "decide-file-appeal": ("appealed_file",),
    "declare-relative": ("applied_file",),
    "authorise-check": ("applied_file", "unsigned_inmate"),
    "take-back-authorisation": ("visited_file", "signed_inmate"),
    "print-leaflet": ("applied_file",),
    "print-authorisation": ("applied_file",),
    "print-file-form": ("active_file",),
}
"""At which of the spare files a road is tried."""
AS = {name: "file_id" for names in SPARE.values() for name in names if not name.endswith("_inmate")}
AS |= {"unsigned_inmate": "inmate_id", "signed_inmate": "inmate_id"}
EXEMPT = {
    "hardship-paper": "gives a file out and changes nothing",
    "national-hardship": "holds a file against the register and changes nothing",
    "new-hardship-file": "needs the number of a household; tests/dossiers applies by its form",
    "send-checks": "takes everything along that waits; tests/means sends twice and is refused",
}


def lay(world, mark, union, person):
    """A lead about the person with everything that hangs on a file, and a check of his household."""
    row = NeedyWorkerFile.objects.create(
        keeper=union.unit, worker=person, told_name=f"{mark}困难人", told_place=f"{mark}车间",
        told_words=f"{mark}困难情况", reported_at=AT, changed_on=TODAY,
    )  # fmt: skip
    told = seal("{}", table="hardship_decision", person_id=person.pk, field="told")
    Decision.objects.create(
        file=row, person=person, stage="town", category="deep", told=told, home_version=1, decided_at=AT
    )
    Relative.objects.create(file=row, person=person, declared_at=AT)
    world.add("file_id", row.pk, union.path, row.told_name, owner=person.pk)
    _check(world, mark, union, person)


def _check(world, mark, union, person):
    home = Household.objects.filter(members__person=person, members__until=None).first()
    Authorisation.objects.create(household=home, person=person, way="paper", signed_on=TODAY, kept_at=AT)
    batch = Batch.objects.create(
        unit_id=union.unit.parent_id, purpose=f"{mark}核对", made_at=AT, due_on=TODAY, households=1, persons=1
    )
    check = Check.objects.create(household=home, person=person, batch=batch, state="sent", asked_at=AT)
    answer = seal(json.dumps({}), table="means_checked", person_id=person.pk, field="answer")
    Checked.objects.create(
        check_of=check, household=home, person=person, blind=b"0" * 32, answer=answer, answered_at=AT
    )
    world.add("check_batch_id", batch.pk, batch.path or union.path, batch.purpose)


class Way:
    """A family told completely, and how far its file has come; every step by the system's own hand."""

    serial = itertools.count()

    def __init__(self, union):
        self.union, self.number = union, next(self.serial) % 400
        self.name = f"路{chr(ord(FIRST) + self.number)}"
        self.home = self._home()
        self.row = None

    def _home(self):
        head = MemberDraft("self", self.name, number_of(self.number, born="19700101"))
        home = households.open_household(keeper_id=self.union.pk, head=head, **BY)
        told = {**FACTS, "income_year": "18000", "expense_medical": "10000", "expense_education": "0"}
        self._tell(home, told, None)
        self._tell(home, {"asset_flags": [NO_FLAGS]}, None)
        for one in homes.members_of(household=home):
            self._tell(home, MEMBER_FACTS, one.number)
        home.refresh_from_db()
        return home

    def _tell(self, home, told, member):
        changes, wrong = households.changes_of(told=told, bases={}, member=member)
        assert wrong == []
        households.amend(household_id=home.pk, changes=changes, **BY)

    def lead(self):
        self.row = actions.report_lead(
            unit_id=self.union.pk, lead=Lead(self.name, person_id=self.home.head_id), **BY
        )
        return self

    def applied(self):
        self.row = actions.apply_for_file(file_id=None, household_id=self.home.pk, asked=Asked(), **BY)
        return self

    def step(self, action, **told):
        self.row = action(file_id=self.row.pk, version=self.row.version, **told, **BY)
        return self

    def waiting(self):
        return self.applied().step(actions.first_review)

    def sign(self):
        for one in homes.members_of(household=self.home):
            means.authorise(
                household_id=self.home.pk, member_id=one.number, way="paper", signed_on=TODAY, **BY
            )
        return self

    def visited(self):
        self.waiting()
        visit = HomeVisit.objects.create(
            key=uuid.uuid4(), body_sha256="0" * 64, household=self.home, unit=self.union.unit,
            person_id=self.home.head_id, visited_at=AT, received_at=AT, result="confirmed",
            family_signed_at=AT,
        )  # fmt: skip
        for user in (7_000_001, 7_000_002):
            Visitor.objects.create(visit=visit, user_id=user, name="走访人", signed_at=AT)
        return self.step(actions.take_up_visit).sign()

    def checked(self):
        self.visited().step(actions.ask_check)
        county = self.union.unit.parent_id and self.union.path[:18]
        means.send_batch(unit_id=int(county[-6:], 36), purpose="建档", **BY)
        for one in means_queries.asked_in(household_id=self.home.pk):
            told = means.Told(one.pk, one.version, Answer(Outcome.AGREES, Yuan.of("18000"), TODAY))
            means.enter_answer(told=told, **BY)
        self.row.refresh_from_db()
        return self

    def noticed(self):
        self.checked().step(actions.town_review, words="属实")
        self.step(actions.open_notice, starts_on=TODAY)
        PublicNotice.objects.filter(pk=self.row.notice_id).update(
            state="closed_clear", closed_on=date(2018, 8, 27)
        )
        self.row.refresh_from_db()
        return self

    def active(self):
        return self.noticed().step(actions.approve_file).step(actions.enter_file)


def spare(world):
    """A file in each state at which a road may be tried."""
    union = world.seats["single"]

    def way():
        return Way(union)

    bare = actions.report_lead(unit_id=union.pk, lead=Lead("空线索"), **BY)
    visited = way().visited()
    applied = way().applied()
    active, ending = way().active(), way().active()
    ending.step(actions.propose_end, end="lift", cause="improved", why="就业")
    due = way().active().step(actions.start_review)
    lifted = way().active().step(actions.propose_end, end="lift", cause="improved", why="就业")
    lifted.step(actions.confirm_end)
    rejected = way().applied().step(actions.reject_file, reason="不符合")
    NeedyWorkerFile.objects.filter(pk=rejected.row.pk).update(refused_on=date(2099, 1, 1))
    appealed = way().applied().step(actions.reject_file, reason="不符合").step(actions.appeal, words="不服")
    temporary = way().lead()
    temporary.row = actions.open_temporary(
        file_id=temporary.row.pk, household_id=temporary.home.pk, version=temporary.row.version,
        reason="急", **BY,
    )  # fmt: skip
    found = {
        "lead_file": way().lead(), "urgent_lead": way().lead(), "applied_file": applied,
        "returned_file": way().applied().step(actions.send_back, reason="补正"),
        "waiting_file": _waits(way()), "visited_file": visited, "checked_file": way().checked(),
        "reviewed_file": way().checked().step(actions.town_review, words="属实"),
        "noticed_file": way().noticed(), "approved_file": way().noticed().step(actions.approve_file),
        "active_file": active, "due_file": due, "ending_file": ending, "lifted_file": lifted,
        "temporary_file": temporary, "rejected_file": rejected, "appealed_file": appealed,
    }  # fmt: skip
    numbers = {name: one.row.pk for name, one in found.items()}
    return {
        **numbers,
        "bare_lead": bare.pk,
        "unsigned_inmate": homes.members_of(household=applied.home)[0].number,
        "signed_inmate": homes.members_of(household=visited.home)[0].number,
    }


def _waits(one):
    """First reviewed before the visit that the platform has not taken up by itself."""
    one.waiting()
    visit = HomeVisit.objects.create(
        key=uuid.uuid4(), body_sha256="0" * 64, household=one.home, unit=one.union.unit,
        person_id=one.home.head_id, visited_at=AT, received_at=AT, result="confirmed", family_signed_at=AT,
    )  # fmt: skip
    for user in (7_000_003, 7_000_004):
        Visitor.objects.create(visit=visit, user_id=user, name="走访人", signed_at=AT)
    return one
