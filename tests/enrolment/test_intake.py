"""Members by file: what is said of each row, what becomes of it, and how it is taken back."""

import json

import pytest

from niangjia.kernel.access import SYSTEM
from niangjia.kernel.journal.tables import JournalLine
from niangjia.members import actions as members
from niangjia.members import queries
from niangjia.members.models import Membership
from niangjia.members.rules import Ended
from niangjia.people import actions as people
from niangjia.people.models import IdentityDocument, Person
from niangjia.people.queries import number_of
from tests.conftest import AT, TODAY
from tests.enrolment.rolls import HEAD, person, roll_of
from tests.exchange.files import Office, told, verdicts, xlsx_of
from tests.members.people import member
from tests.people.bulk_tables import PEOPLE, readable

TABLES = ("members_membership", *PEOPLE)
FIRST_DAY = TODAY.replace(day=1)


def entered(office, rows):
    return office.commit(office.check(roll_of(rows)))


def known_number(row):
    return number_of(document=IdentityDocument.objects.get(person=row.person_id))


def row_of(row, **more):
    """A row of the roll that tells of a member who stands."""
    told = {"name": row.name, "number": known_number(row), "mobile": "", "since": ""}
    return person(1, **(told | more))


def without_versions(tables):
    """A row that was edited and given back has counted two versions; nothing else of it differs."""
    return {
        name: sorted(json.dumps({k: v for k, v in json.loads(row).items() if k != "version"}) for row in rows)
        for name, rows in tables.items()
    }


def test_new_members_enter_with_what_their_numbers_tell(office, land):
    batch = entered(office, [person(n) for n in range(1, 6)])
    assert (batch.counts, batch.fates) == ({"new": 5}, {"entered": 5})
    rows = list(Membership.objects.filter(union=land["left_single"].pk))
    assert len(rows) == 5
    assert {row.employer_id for row in rows} == {land["left_firm"].pk}
    assert all(row.has_id and row.has_mobile and row.sex == "male" and row.born_year == 1960 for row in rows)
    assert {row.keeper_id for row in Person.objects.all()} == {land["left_single"].pk}
    verbs = list(JournalLine.objects.order_by("id").values_list("verb", flat=True))
    assert verbs[-4:] == ["begin_import", "register_persons", "admit_members", "commit_import"]
    assert queries.member_counts(unit_id=land["province"].pk, day=TODAY).real_name == 5


def test_the_same_file_again_changes_nothing(office):
    rows = [person(n) for n in range(1, 4)]
    rows += [person(9, number="", lacking="是"), person(8, number="", mobile="", lacking="是")]
    entered(office, rows)
    before = readable(TABLES)
    batch = office.check(roll_of(rows), again=True)
    assert batch.counts == {"unchanged": 5}
    assert readable(TABLES) == before


def test_undo_leaves_exactly_what_was_before(office, land):
    known = member(land["right_single"])
    members.end_membership(
        membership_id=known.pk, version=1, until=FIRST_DAY, ended=Ended.LEFT, reason="离职", by=SYSTEM, at=AT
    )
    stays = member(land["left_single"])
    before = readable(TABLES)
    rows = [person(n) for n in range(11, 14)]
    rows += [row_of(known, since="2018-08-10"), row_of(stays, employer=land["left_firm"].name)]
    batch = entered(office, rows)
    assert (batch.counts, batch.fates) == ({"new": 4, "update": 1}, {"entered": 5}), told(batch)
    assert readable(TABLES) != before
    batch = office.undo(batch)
    assert batch.fates == {"undone": 5}, told(batch)
    assert without_versions(readable(TABLES)) == without_versions(before)
    assert members.recount_tallies(today=TODAY, at=AT) == []


def test_what_was_used_since_stays_and_says_so(office):
    batch = entered(office, [person(n) for n in range(1, 4)])
    first, second, _ = Membership.objects.order_by("id")
    members.retain_membership(membership_id=first.pk, version=1, since=TODAY, reason="退休", by=SYSTEM, at=AT)
    people.add_outside_post(person_id=second.person_id, title="镇党委副书记", since=TODAY, by=SYSTEM, at=AT)
    batch = office.undo(batch)
    assert batch.fates == {"undone": 1, "kept": 2}
    words = " ".join(told(batch).values())
    assert "之后被修改过" in words
    assert "之后有别的登记用到" in words
    assert Person.objects.count() == 2


def test_a_member_of_elsewhere_is_a_conflict_that_says_what_to_do(office, land):
    near, far = member(land["left_joint"]), member(land["right_single"])
    batch = office.check(roll_of([row_of(near), row_of(far)]))
    assert batch.counts == {"conflict": 2}
    words = told(batch)
    assert land["left_joint"].name in words[2]
    assert "办理转会，或者登记为挂靠" in words[2]
    assert land["right_single"].name not in words[3]
    assert "另一家工会" in words[3]


def test_the_officer_may_say_that_he_is_attached_beside(office, land):
    row = member(land["left_joint"])
    batch = entered(office, [row_of(row, since="2018-08-01", twice="挂靠")])
    assert batch.fates == {"entered": 1}, told(batch)
    beside = Membership.objects.get(union=land["left_single"].pk, person=row.person_id)
    assert not beside.counts
    counts = queries.member_counts(unit_id=land["left_fed"].pk, day=TODAY)
    assert (counts.members, counts.affiliated) == (1, 1)
    batch = office.check(roll_of([row_of(row, since="2018-08-01", twice="挂靠")]), again=True)
    assert batch.counts == {"unchanged": 1}


def test_a_row_without_a_sound_number_enters_only_where_the_officer_says_so(office, land):
    rows = [
        person(1, number=""),
        person(2, number="990101198506010012"),
        person(3, number="", lacking="是"),
        person(4, number="990101198506010012", lacking="是"),
    ]
    batch = office.check(roll_of(rows))
    assert verdicts(batch) == {2: "error", 3: "error", 4: "new", 5: "new"}
    words = told(batch)
    assert "证件待补" in words[2]
    assert "没有留存" in words[5]
    batch = office.commit(batch)
    lacking = Membership.objects.filter(has_id=False, union=land["left_single"].pk)
    assert lacking.count() == 2
    assert queries.member_counts(unit_id=land["left_single"].pk, day=TODAY).lacking("id") == 2
    assert not IdentityDocument.objects.exists()


def test_a_contradiction_is_told_and_the_number_decides(office):
    head = (*HEAD, "性别", "出生日期", "民族")
    batch = office.commit(office.check(roll_of([(*person(1), "女", "1961-01-15", "畲族")], head)))
    words = told(batch)[2]
    assert "性别" in words
    assert "出生日期" in words
    who = Person.objects.get()
    assert (who.sex, who.birth_date.year, who.ethnicity) == ("male", 1960, "22")


def test_another_name_on_a_known_number_is_a_conflict_that_gives_no_name_away(office, land):
    far = member(land["right_single"], name="高远")
    batch = office.check(roll_of([row_of(far, name="何川")]))
    assert batch.counts == {"conflict": 1}
    assert "另一个姓名" in told(batch)[2]
    assert "高远" not in told(batch)[2]


@pytest.mark.parametrize(
    ("more", "column", "words"),
    [
        ({"name": "一"}, "姓名", "2 至 50 个字"),
        ({"number": "12345"}, "证件号码", "号码"),
        ({"mobile": "12345"}, "手机号", "11 位"),
        ({"union": "没有的工会"}, "工会", "没有工会"),
        ({"union": "衢江区总工会"}, "工会", "没有工会"),
        ({"employer": "没有的公司"}, "用人单位", "没有单位"),
        ({"since": "2018-12-01"}, "入会日期", "不能晚于今天"),
        ({"since": "2010-01-01"}, "入会日期", "成立"),
        ({"lacking": "也许"}, "证件待补", "可选范围"),
    ],
)
def test_what_cannot_be_entered_is_told_at_its_cell(office, more, column, words):
    batch = office.check(roll_of([person(1, **more), person(2)]))
    assert verdicts(batch) == {2: "error", 3: "new"}
    assert words in told(batch)[2], told(batch)


def test_headings_of_other_offices_and_hostile_cells_are_understood_or_refused_by_row(office):
    head = ("会员姓名", "身份证号码", "手机号码", "所属工会", "工作单位", "加入工会时间", "备注")
    good = person(1)[:6]
    rows = [
        (*good, ""),
        ("=cmd|' /C calc'!A0", *person(2)[1:6], ""),
        ("安\u202e平", *person(3)[1:6], ""),
        (*person(4)[:5], "20180102", "'=1+1"),
        ("安　平", "９９０１０１１９６００１１５００９Ｘ", *person(5)[2:6], ""),
    ]
    batch = office.check(xlsx_of(rows, head), name="名册.xlsx")
    found = verdicts(batch)
    assert found[2] == "new"
    assert found[3] == found[4] == "error"
    assert found[5] == "new"
    assert office.commit(batch).state == "committed"


def test_the_same_person_twice_in_a_file_is_one(office):
    rows = [person(1), person(1), person(2), person(2, mobile="13900000999")]
    batch = office.check(roll_of(rows))
    assert verdicts(batch) == {2: "new", 3: "duplicate", 4: "new", 5: "conflict"}


def test_a_clerk_who_was_faster_is_told_gently(office, land):
    batch = office.check(roll_of([person(1), person(2)]))
    other = Office(office.actor, land["left_joint"].pk, kind="members")
    entered(other, [person(1, mobile="")])
    batch = office.commit(batch)
    assert batch.fates == {"refused": 1, "entered": 1}
    assert "检查之后情况变了" in told(batch)[2]
    assert Person.objects.count() == 2
