"""The bank's files: out, to the byte; in, through the reader of strangers' files."""

import csv
import io

import openpyxl
import pytest

from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.models import JournalLine
from niangjia.kernel.money import Yuan
from niangjia.payments import actions, queries
from niangjia.payments.models import BankAccount, PaymentBatch
from tests.conftest import AT, TODAY
from tests.payments.worlds import card

WHY = {"words": "送农行代发系统"}


def fetch(payers, batch, **more):
    return actions.fetch_file(batch_id=batch.pk, **WHY | more, by=payers.cashier, at=AT)


def test_the_file_for_the_bank_holds_one_line_a_payment(payers):
    people = [payers.person(name) for name in ("林晓梅", "王建国")]
    _, batch = payers.sent(*people)
    name, content = fetch(payers, batch)
    assert name.endswith("-0001.csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows == [
        ["序号", "户名", "账号", "开户行", "金额", "用途"],
        ["1", "林晓梅", card(people[0].pk), "农业银行衢江支行", "600.00", "春风助学款"],
        ["2", "王建国", card(people[1].pk), "农业银行衢江支行", "600.00", "春风助学款"],
    ]


def test_the_workbook_is_typed_and_says_the_same(payers):
    someone = payers.person("林晓梅")
    _, batch = payers.sent(someone)
    name, content = fetch(payers, batch, shape="xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert name.endswith(".xlsx")
    cells = [cell.value for cell in sheet[2]]
    assert cells == [1, "林晓梅", card(someone.pk), "农业银行衢江支行", 600, "春风助学款"]
    assert (sheet["C2"].data_type, sheet["E2"].data_type) == ("s", "n")
    assert content == fetch(payers, batch, shape="xlsx")[1], "to the byte, whenever it is made"


def test_a_fetched_file_is_the_one_whose_hash_was_kept_and_each_fetch_is_journalled(payers):
    someone = payers.person("林晓梅")
    _, batch = payers.sent(someone)
    with pytest.raises(BadInput):
        fetch(payers, batch, words="看")
    first, again = fetch(payers, batch)[1], fetch(payers, batch)[1]
    assert first == again
    lines = JournalLine.objects.filter(verb="fetch_bank_file", object_id=batch.pk)
    assert [(line.reason, line.after["sha256"]) for line in lines] == [(WHY["words"], batch.sha256)] * 2
    assert PaymentBatch.objects.get(pk=batch.pk).fetched_at == AT
    assert card(someone.pk) not in str([line.after for line in JournalLine.objects.all()])


def test_once_every_result_is_known_nobody_gets_the_numbers_any_more(payers):
    _, batch = payers.sent(payers.person("林晓梅"))
    payers.answer(batch, {1: True})
    with pytest.raises(Refused, match="不再提供"):
        fetch(payers, batch)


def test_a_file_that_is_not_what_was_sent_is_not_given_out(payers):
    _, batch = payers.sent(payers.person("林晓梅"))
    PaymentBatch.objects.filter(pk=batch.pk).update(fetched_at=AT)
    assert fetch(payers, batch)[1]
    BankAccount.objects.update(holder="")
    with pytest.raises(Refused, match="指纹不一致"):
        fetch(payers, batch)


def test_after_an_erasure_the_file_is_not_made_again(payers):
    _, batch = payers.sent(payers.person("林晓梅"))
    BankAccount.objects.update(sealed=b"")
    with pytest.raises(Refused, match="已依法删除"):
        fetch(payers, batch)


HEAD = ["序号", "收款账号", "收款户名", "金额", "处理结果", "失败原因", "交易日期"]


def as_csv(rows, head=HEAD):
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(rows, head=HEAD):
    book = openpyxl.Workbook()
    for row in [["某某银行代发结果"], head, *rows]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("written", [as_csv, as_xlsx])
def test_the_banks_answer_is_read_as_banks_write_it(written):
    told = written(
        [
            [1, card(1), "林晓梅", "600.00", "交易成功", "", TODAY.isoformat()],
            [2, card(2), "王建国", "1,600.00", "失败", "户名不符", ""],
            [3, "", "", 600, "处理中", "", ""],
        ]
    )
    first, second, third = queries.result_rows(content=told)
    assert (first.number, first.tail, first.amount, first.paid, first.on) == (
        1,
        card(1)[-4:],
        Yuan.of(600),
        True,
        TODAY,
    )
    assert (second.paid, second.amount, second.reason, second.on) == (False, Yuan.of(1600), "户名不符", None)
    assert (third.paid, third.tail) == (None, "")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件"), (as_csv([]), "只有表头"),
        (as_csv([[1, "", "", "六百", "成功", "", ""]]), "第 2 行“金额”"),
        (as_csv([["一", "", "", "600", "成功", "", ""]]), "第 2 行“序号”"),
        (as_csv([[1, 600]], ["序号", "金额"]), "缺少这几列"), (b"%PDF-1.7 not a sheet", "文件"),
        (b"PK\x03\x04 broken", "文件"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told_gently_and_names_the_cell(content, words):
    with pytest.raises(BadInput, match=words) as refused:
        queries.result_rows(content=content)
    assert refused.value.field == "file"
