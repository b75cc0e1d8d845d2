"""What a person may ask for: consents, corrections, his own copy, erasure; and who looked at him."""

import io
import json
import zipfile
from datetime import date, datetime, timedelta

import pytest

from niangjia.kernel import tombstones
from niangjia.kernel.access import SYSTEM
from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, Refused, Stale
from niangjia.kernel.models import JournalLine
from niangjia.kernel.sealing import Shredded
from niangjia.kernel.words import say
from niangjia.people import actions, queries
from niangjia.people.actions import What
from niangjia.people.models import Contact, IdentityDocument, Person, PersonRequest, RevealAlarm
from niangjia.people.rules import rights
from niangjia.people.rules.consenting import PURPOSES, require_consent
from niangjia.privacy import actions as privacy
from tests.conftest import AT, TODAY
from tests.people.conftest import MOBILE, NUMBER, himself, officer, register

WORDS = "核对互助金收款人"


def lines(verb):
    return JournalLine.objects.filter(verb=verb).order_by("id")


def reveal(person, by, *, purpose="verify", words=WORDS, at=AT):
    row = IdentityDocument.objects.get(person=person)
    return actions.reveal(
        person_id=person.pk, what=What.DOCUMENT, row_id=row.pk, purpose=purpose, words=words, by=by, at=at
    )


def test_a_reveal_asks_what_for_and_writes_exactly_one_line_that_the_person_reads(counties):
    person = register(counties[0])
    with pytest.raises(BadInput, match="用途"):
        reveal(person, officer(counties[0]), purpose="")
    with pytest.raises(BadInput, match="写明用途"):
        reveal(person, officer(counties[0]), words="看")
    assert lines("reveal_document").count() == 0
    before = JournalLine.objects.count()
    assert reveal(person, officer(counties[0])) == NUMBER
    assert JournalLine.objects.count() == before + 1
    look = queries.looks_at(person_id=person.pk)[0]
    assert (look.unit, str(look.purpose), look.words) == ("东县总工会", "核对身份", WORDS)
    assert NUMBER not in str(lines("reveal_document")[0].told)


def test_another_county_reveals_nothing(counties):
    person = register(counties[0])
    with pytest.raises(NotVisible):
        reveal(person, officer(counties[1]))


def test_a_row_of_somebody_else_is_not_revealed_by_naming_it(counties):
    person, other = register(counties[0]), register(counties[0], number="990101199001010019", mobile="")
    row = IdentityDocument.objects.get(person=other)
    with pytest.raises(NotVisible):
        actions.reveal(
            person_id=person.pk, what=What.DOCUMENT, row_id=row.pk, purpose="verify", words=WORDS,
            by=officer(counties[0]), at=AT,
        )  # fmt: skip


def test_too_many_reveals_within_an_hour_raise_one_alarm_for_the_security_officer(counties):
    person, by = register(counties[0]), officer(counties[0])
    for n in range(20):
        reveal(person, by, at=AT + timedelta(minutes=n))
    assert not RevealAlarm.objects.exists()
    for n in range(20, 25):
        reveal(person, by, at=AT + timedelta(minutes=n))
    alarm = RevealAlarm.objects.get()
    assert (alarm.user_id, alarm.count, alarm.bound) == (7, 21, 20)
    with pytest.raises(BadInput):
        actions.review_alarm(alarm_id=alarm.pk, finding="", by=by, at=AT)
    done = actions.review_alarm(alarm_id=alarm.pk, finding="集中核对换届名单", by=by, at=AT)
    assert done.seen_by == 7


def test_an_hour_later_the_count_begins_anew(counties):
    person, by = register(counties[0]), officer(counties[0])
    for n in range(30):
        reveal(person, by, at=AT + timedelta(minutes=4 * n))
    assert not RevealAlarm.objects.exists()


def test_each_purpose_is_consented_to_by_itself_and_withdrawn_as_easily(counties):
    person = register(counties[0])
    me, later = himself(person), AT + timedelta(days=10)
    day = TODAY + timedelta(days=5)
    actions.give_consent(person_id=person.pk, purpose="publish_name", by=me, at=AT)
    assert queries.has_consent(person_id=person.pk, purpose="publish_name", day=day)
    assert not queries.has_consent(person_id=person.pk, purpose="health", day=day)
    assert not queries.has_consent(person_id=person.pk, purpose="publish_name", day=TODAY - timedelta(days=1))
    actions.withdraw_consent(person_id=person.pk, purpose="publish_name", by=me, at=later)
    assert queries.has_consent(person_id=person.pk, purpose="publish_name", day=day)
    assert not queries.has_consent(
        person_id=person.pk, purpose="publish_name", day=TODAY + timedelta(days=10)
    )
    with pytest.raises(Refused, match="不需要撤回"):
        actions.withdraw_consent(person_id=person.pk, purpose="publish_name", by=me, at=later)


def test_publishing_a_full_name_without_consent_is_refused(counties):
    person = register(counties[0])
    given = queries.has_consent(person_id=person.pk, purpose="publish_name", day=TODAY)
    with pytest.raises(Refused, match="单独同意"):
        require_consent(given=given, purpose="publish_name")


def test_nobody_clicks_i_consent_for_somebody_else_but_an_officer_registers_a_signed_paper(counties):
    person, by = register(counties[0]), officer(counties[0])
    with pytest.raises(NotVisible):
        actions.give_consent(person_id=person.pk, purpose="health", how="self", by=by, at=AT)
    assert (
        actions.give_consent(person_id=person.pk, purpose="health", how="paper", by=by, at=AT).given_by == 7
    )
    with pytest.raises(NotVisible):
        actions.give_consent(
            person_id=person.pk, purpose="health", how="paper", by=officer(counties[1]), at=AT
        )


def test_for_a_child_under_fourteen_a_guardian_signs(counties):
    child = register(counties[0], number=None, name="李小宝", mobile="", born=date(2010, 1, 1))
    by = officer(counties[0])
    with pytest.raises(Refused, match="未满 14 周岁"):
        actions.give_consent(person_id=child.pk, purpose="child", how="paper", by=by, at=AT)
    kept = actions.give_consent(
        person_id=child.pk, purpose="child", how="guardian", guardian="李大梅", by=by, at=AT
    )
    assert (kept.guardian, kept.text_version) == ("李大梅", PURPOSES["child"].version)


def test_a_wish_lies_sealed_and_an_officer_of_the_keeper_answers_it(counties):
    person, by = register(counties[0]), officer(counties[0])
    row = actions.make_request(
        kind="correct", about="mobile", wish="手机号换成 13800000002", by=himself(person), at=AT
    )
    assert b"13800000002" not in bytes(row.wish)
    assert queries.wish_of(row=row) == "手机号换成 13800000002"
    with pytest.raises(NotVisible):
        decide(row, officer(counties[1]))
    with pytest.raises(BadInput):
        decide(row, by, answer="")
    done = decide(row, by)
    assert (done.state, done.answer) == ("granted", "已经更正，请核对。")
    with pytest.raises(Stale):
        decide(row, by)


def decide(row, by, *, grant=True, answer="已经更正，请核对。"):
    return actions.decide_request(
        request_id=row.pk, version=row.version, grant=grant, answer=answer, by=by, at=AT
    )


def test_nobody_decides_about_himself(counties):
    person = register(counties[0])
    row = actions.make_request(kind="erase", about="", wish="请删除我的资料", by=himself(person), at=AT)
    with pytest.raises(Refused, match="本人"):
        decide(row, officer(counties[0], person_id=person.pk))


def test_a_person_takes_away_everything_that_is_kept_of_him(counties):
    person = register(counties[0])
    reveal(person, officer(counties[0]))
    content = privacy.export_person(person_id=person.pk, by=himself(person), at=AT)
    archive = zipfile.ZipFile(io.BytesIO(content))
    told = json.loads(archive.read("个人信息.json"))
    text, page = json.dumps(told, ensure_ascii=False), archive.read("个人信息.html").decode()
    for value in ("李小梅", NUMBER, f"+86{MOBILE}", WORDS):
        assert value in text
        assert value in page
    assert "blind" not in text
    with pytest.raises(NotVisible):
        privacy.export_person(person_id=person.pk, by=officer(counties[1]), at=AT)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    def run(**more):
        with django_capture_on_commit_callbacks(execute=True):
            return actions.erase_person(**{"reason": "本人申请删除", "at": AT} | more)

    return run


def test_after_an_erasure_the_number_of_the_row_stands_and_nothing_personal_does(counties, committed):
    person, by = register(counties[0]), officer(counties[0])
    reveal(person, by)
    row = actions.make_request(kind="erase", about="", wish="请删除我的资料", by=himself(person), at=AT)
    touched = committed(person_id=person.pk, by=by)
    left = Person.objects.get(pk=person.pk)
    assert (left.name, left.name_key, left.pinyin, left.sex, left.birth_date) == ("", "", "", "", None)
    assert not IdentityDocument.objects.filter(person=person).exists()
    assert not Contact.objects.filter(person=person).exists()
    assert queries.wish_of(row=PersonRequest.objects.get(pk=row.pk)) == ""
    assert touched["people_person"] == 1
    assert not any(WORDS in str(line.told) for line in JournalLine.objects.all())
    assert [stone.person_id for stone in tombstones.stones()] == [person.pk]
    with pytest.raises(NotAllowed, match="已经删除"):
        committed(person_id=person.pk, by=by)
    with pytest.raises(Shredded):
        actions.add_contact(person_id=person.pk, mobile=MOBILE, since=TODAY, by=SYSTEM, at=AT)


def test_the_number_may_be_registered_again_after_an_erasure(counties, committed):
    committed(person_id=register(counties[0]).pk, by=officer(counties[0]))
    assert register(counties[1], name="李小梅").pk


def duty(*, person_id, day):
    return [rights.Duty(say("帮扶款项的会计凭证"), date(2048, 12, 31))]


def test_while_a_duty_to_keep_stands_an_erasure_is_refused_with_the_day(counties, committed, settings):
    person = register(counties[0])
    settings.NIANGJIA_KEEPING_DUTIES = [f"{__name__}.duty"]
    with pytest.raises(Refused, match="2048年12月31日") as refused:
        committed(person_id=person.pk, by=officer(counties[0]))
    assert "会计凭证" in str(refused.value)
    assert Person.objects.get(pk=person.pk).name == "李小梅"
    assert tombstones.stones() == []


def test_a_rolled_back_erasure_lays_no_stone(counties, django_capture_on_commit_callbacks):
    person = register(counties[0])
    with django_capture_on_commit_callbacks(execute=True) as calls, pytest.raises(BadInput):
        actions.erase_person(person_id=person.pk, reason="", by=officer(counties[0]), at=AT)
    assert calls == []


def test_a_replay_erases_again_whom_an_older_backup_brings_back_and_nobody_else(counties):
    person, other = register(counties[0]), register(counties[0], number="990101199001010019", mobile="")
    mark = tombstones.mark_of(person_id=person.pk, created_at=person.created_at)
    later = tombstones.mark_of(person_id=other.pk, created_at=datetime(2020, 1, 1, tzinfo=AT.tzinfo))
    tombstones.lay([tombstones.Stone(person.pk, mark, "t"), tombstones.Stone(other.pk, later, "t")])
    assert actions.replay_erasures(by=SYSTEM, at=AT) == 1
    assert Person.objects.get(pk=person.pk).name == ""
    assert Person.objects.get(pk=other.pk).name == "李小梅"
    assert actions.replay_erasures(by=SYSTEM, at=AT) == 0


def test_a_stone_that_was_lost_is_laid_again_from_the_database(counties, committed, settings):
    committed(person_id=register(counties[0]).pk, by=officer(counties[0]))
    settings.TOMBSTONES.unlink()
    assert actions.reconcile_tombstones() == 1
    assert actions.reconcile_tombstones() == 0


@pytest.mark.parametrize("harm", ["change", "take out", "swap", "forge"])
def test_tombstones_that_were_touched_are_noticed(settings, tmp_path, harm):
    settings.TOMBSTONES = tmp_path / "stones"
    tombstones.lay([tombstones.Stone(n, "m", "t") for n in range(4)])
    rows = settings.TOMBSTONES.read_text().splitlines()
    if harm == "change":
        rows[1] = rows[1].replace('"person": 1', '"person": 9')
    elif harm == "take out":
        del rows[1]
    elif harm == "swap":
        rows[1], rows[2] = rows[2], rows[1]
    else:
        settings.TOMBSTONE_KEY = b"another installation's key......"
    settings.TOMBSTONES.write_text("\n".join(rows) + "\n")
    with pytest.raises(tombstones.TombstonesBroken):
        tombstones.stones()


def test_half_a_line_of_a_killed_process_is_cut_off(settings, tmp_path):
    settings.TOMBSTONES = tmp_path / "stones"
    tombstones.lay([tombstones.Stone(1, "m", "t")])
    with settings.TOMBSTONES.open("a") as file:
        file.write('{"n": 2, "per')
    assert len(tombstones.stones()) == 1
    tombstones.lay([tombstones.Stone(2, "m", "t")])
    assert [stone.person_id for stone in tombstones.stones()] == [1, 2]


def test_a_mobile_that_ended_long_ago_goes_by_itself_and_a_current_one_stays(counties):
    person = register(counties[0])
    actions.add_contact(person_id=person.pk, mobile="13800000002", since=date(2018, 9, 1), by=SYSTEM, at=AT)
    clear = {"by": SYSTEM, "at": AT}
    assert actions.clear_what_has_run_out(today=date(2019, 9, 1), **clear) == {}
    assert actions.clear_what_has_run_out(today=date(2019, 9, 2), **clear) == {"people_contact": 1}
    assert [row.tail for row in Contact.objects.all()] == ["0002"]


def test_ten_years_after_a_death_the_person_is_erased(counties, django_capture_on_commit_callbacks):
    person = register(counties[0])
    Person.objects.filter(pk=person.pk).update(deceased_on=date(2018, 9, 1))
    with django_capture_on_commit_callbacks(execute=True):
        actions.clear_what_has_run_out(today=date(2028, 9, 1), by=SYSTEM, at=AT)
        assert Person.objects.get(pk=person.pk).name
        actions.clear_what_has_run_out(today=date(2028, 9, 2), by=SYSTEM, at=AT)
    assert Person.objects.get(pk=person.pk).name == ""
    assert len(tombstones.stones()) == 1
