"""Employers come in by file: a dry run, verdicts, a commit that can be taken back."""

from datetime import date

import pytest

from niangjia.exchange import actions
from niangjia.exchange.models import Batch, Row
from niangjia.kernel.access import SYSTEM, Role
from niangjia.kernel.errors import BadInput, NotAllowed, Refused
from niangjia.kernel.models import JournalLine
from niangjia.network import actions as network
from niangjia.network.models import Coverage, Employer
from tests.conftest import AT
from tests.exchange.conftest import seated
from tests.exchange.files import HEAD, Office, code, csv_of, firm, told, verdicts, xlsx_of


def test_a_dry_run_changes_nothing_and_a_commit_enters_the_rows(office, land):
    before = Employer.objects.count()
    batch = office.check(csv_of([firm(1), firm(2, union="衢江区小散远联合工会")]))
    assert (batch.state, batch.counts) == ("checked", {"new": 2})
    assert Employer.objects.count() == before
    batch = office.commit(batch)
    assert (batch.state, batch.fates) == ("committed", {"entered": 2})
    one, two = Employer.objects.get(uscc=code(1)), Employer.objects.get(uscc=code(2))
    assert (one.keeper_id, one.headcount, one.since) == (land["left_county"].pk, 1, date(2018, 1, 2))
    assert Coverage.objects.get(employer=two).union_id == two.keeper_id == land["left_joint"].pk


def test_an_undone_batch_leaves_no_trace_but_in_the_journal(office):
    was = list(Employer.objects.order_by("pk").values())
    batch = office.undo(office.commit(office.check(csv_of([firm(n) for n in range(1, 6)]))))
    assert (batch.state, batch.fates) == ("undone", {"undone": 5})
    assert list(Employer.objects.order_by("pk").values()) == was
    verbs = list(
        JournalLine.objects.filter(kind="exchange.batch").order_by("id").values_list("verb", flat=True)
    )
    assert verbs == [
        "receive_file",
        "check_file",
        "begin_import",
        "commit_import",
        "begin_undo",
        "undo_import",
    ]


def test_a_row_changed_since_stays_and_says_why(office, officer):
    batch = office.commit(office.check(csv_of([firm(1), firm(2)])))
    one = Employer.objects.get(uscc=code(1))
    network.edit_employer(
        employer_id=one.pk, version=1, since=date(2018, 8, 1), by=officer, at=AT, address="新址"
    )
    batch = office.undo(batch)
    assert batch.fates == {"kept": 1, "undone": 1}
    assert list(Employer.objects.filter(uscc__in=[code(1), code(2)])) == [one]
    assert "之后被修改过" in told(batch)[2]


def test_known_codes_are_updates_no_changes_or_conflicts(office, land, officer):
    office.commit(office.check(csv_of([firm(1), firm(2)])))
    stranger = network.EmployerDraft(name="柯城某厂", kind="enterprise", since=date(2017, 1, 1), uscc=code(9))
    network.register_employer(draft=stranger, keeper_id=land["right_town"].pk, by=SYSTEM, at=AT)
    rows = [firm(1), firm(2, headcount="77"), firm(9), firm(3), firm(3), firm(3, headcount="5")]
    batch = office.check(csv_of(rows))
    assert verdicts(batch) == {
        2: "unchanged",
        3: "update",
        4: "conflict",
        5: "new",
        6: "duplicate",
        7: "conflict",
    }
    said = told(batch)
    assert "柯城某厂" in said[4]
    assert "第 5 行" in said[6]
    assert "第 5 行" in said[7]
    batch = office.commit(batch)
    assert Employer.objects.get(uscc=code(2)).headcount == 77
    office.undo(batch)
    assert Employer.objects.get(uscc=code(2)).headcount == 2


def test_every_bad_cell_is_named_with_its_place_and_its_reason(office):
    rows = [
        firm(1, uscc=code(1)[:-1] + ("0" if code(1)[-1] != "0" else "1")),
        firm(2, kind="公司制"),
        firm(3, headcount="许多"),
        firm(4, since="2018-02-30"),
        firm(5, name=""),
        firm(6, union="没有这家工会"),
        firm(7, name="\u202e司公号7"),
        firm(8, since="2030-01-01"),
        firm(9, name="Аpple公司"),
    ]
    batch = office.check(csv_of(rows))
    assert batch.counts == {"error": 9}
    said = told(batch)
    words = [
        "校验",
        "可选范围",
        "不是整数",
        "哪一天",
        "不能空着",
        "没有“没有这家工会”",
        "文字方向",
        "不能晚于今天",
        "看起来像",
    ]
    assert [word for number, word in enumerate(words, start=2) if word not in said[number]] == []


def test_typing_habits_are_understood(office):
    rows = [
        (
            " 宽字符\u200b公司 ",
            code(1).translate({ord(c): ord(c) + 0xFEE0 for c in code(1)}),
            "企业",
            "１，２３４",
            "",
            "2018年3月6日",
        ),
        ("小写公司", "'" + code(2).lower(), "enterprise", "12.0", "", "43165"),
    ]
    batch = office.commit(office.check(csv_of(rows)))
    assert batch.fates == {"entered": 2}
    one, two = Employer.objects.get(uscc=code(1)), Employer.objects.get(uscc=code(2))
    assert (one.name, one.headcount, one.since) == ("宽字符公司", 1234, date(2018, 3, 6))
    assert (two.headcount, two.since) == (12, date(2018, 3, 6))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_encoding_is_read(office, encoding):
    batch = office.check(csv_of([firm(1, name="喆堃有限公司")], encoding=encoding))
    assert batch.counts == {"new": 1}


def test_headings_stand_in_any_order_under_any_usual_name_below_a_title(office):
    head = ("性质", "人数", "企业名称（必填）", "信用代码*", "备注")
    content = xlsx_of([("企业", 12, "乱序公司", code(1), "x")], head, before=[("某镇单位名册",), ()])
    batch = office.commit(office.check(content, name="名册.xlsx"))
    assert batch.header["unknown"] == ["备注"]
    assert batch.header["row"] == 3
    assert Employer.objects.get(uscc=code(1)).headcount == 12


def test_a_workbook_with_real_dates_and_numbers_is_read(office):
    rows = [("日期公司", code(1), "企业", 12, "", date(2018, 3, 6))]
    batch = office.commit(office.check(xlsx_of(rows, dates=(5,)), name="名册.xlsx"))
    assert Employer.objects.get(uscc=code(1)).since == date(2018, 3, 6)
    assert batch.state == "committed"


@pytest.mark.parametrize("head", [HEAD[1:], (*HEAD, HEAD[0]), ("a", "b")])
def test_a_header_that_cannot_be_used_is_told_in_words(office, head):
    batch = office.check(csv_of([firm(1)], head))
    assert batch.state == "unreadable"
    assert batch.trouble


def test_the_same_file_twice_is_told(office):
    content = csv_of([firm(1)])
    first = office.send(content)
    with pytest.raises(Refused, match=f"第 {first.pk} 批"):
        office.send(content, name="另一个名字.csv")
    assert office.send(content, again=True).pk != first.pk


def test_only_the_chosen_rows_are_entered(office, officer):
    batch = office.check(csv_of([firm(1), firm(2), firm(3)]))
    actions.choose_rows(batch_id=batch.pk, shown=[2, 3, 4], chosen=[3], by=officer)
    batch = office.commit(batch, actions.CHOSEN)
    assert batch.fates == {"entered": 1}
    assert Employer.objects.filter(uscc__in=[code(1), code(2), code(3)]).get().uscc == code(2)


def test_what_changed_between_check_and_commit_is_told_not_overwritten(office, land):
    batch = office.check(csv_of([firm(1), firm(2)]))
    draft = network.EmployerDraft(name="抢先一步", kind="enterprise", since=date(2018, 1, 1), uscc=code(1))
    network.register_employer(draft=draft, keeper_id=land["right_town"].pk, by=SYSTEM, at=AT)
    batch = office.commit(batch)
    assert batch.fates == {"refused": 1, "entered": 1}
    assert "检查之后情况变了" in told(batch)[2]


def test_the_words_of_a_refused_file_are_gentle(office):
    with pytest.raises(BadInput, match="旧版 Excel"):
        office.send(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


def test_who_may_not_register_employers_may_not_send_a_file_of_them(land, second):
    auditor = seated(Role.AUD, land["left_county"], "审计员")
    with pytest.raises(NotAllowed):
        Office(auditor).send(csv_of([firm(1)]))


def test_staging_rows_hold_no_readable_word(office):
    batch = office.check(csv_of([firm(1, name="哨兵公司")]))
    row = Row.objects.get(batch=batch)
    assert "哨兵".encode() not in bytes(row.content)
    assert "哨兵" not in str(Batch.objects.values().get(pk=batch.pk))
