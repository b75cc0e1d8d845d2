"""`niangjia verify-ledger`: does the ledger hold what it promises? `export-ledger`: its journal as text."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from niangjia.project.cli import rooms
from niangjia.project.cli.voice import AsJson, Exit, Voice, t
from niangjia.project.trouble import Trouble

VERIFY_HELP = t(
    "重新计算全部账目：借贷平衡、凭证连号、余额、冲销、结账年度、资金去向。",
    "Compute the ledger again: balance, numbers, balances, reversals, closed years, lots.",
)
EXPORT_HELP = t(
    "把账簿导出为 hledger 或 beancount 能读的文本，末尾带余额核对。",
    "Write the books as text for hledger or beancount, ending with the balances to check.",
)
SHOWN = 50
ZH = {
    "entry does not balance": "凭证借贷不平",
    "lines are missing or too many": "分录缺少或多出",
    "line does not belong to its entry": "分录不属于这张凭证",
    "line on a day when its fund was not open": "资金来源当天没有启用",
    "account charged without a payment order": "没有支付单就列支",
    "numbers have a gap": "凭证号不连续",
    "balance differs from its recount": "余额与重新计算不符",
    "restricted fund below nought": "专款出现负数",
    "contra entry is not exact": "冲销与原凭证不符",
    "other people's money among own money": "备查资金混入自有账簿",
    "maker checked his own entry": "制单与复核是同一人",
    "entry outside the days of its book": "凭证不在账簿启用期内",
    "closed year changed": "已结账的年度被改动",
    "lots do not sum": "资金去向合计不符",
}


class Form(StrEnum):
    """The program that is to read the text."""

    HLEDGER = "hledger"
    BEANCOUNT = "beancount"


def verify_ledger(*, as_json: AsJson = False) -> None:
    """Exit 0 when everything holds, 1 otherwise."""
    voice = Voice(as_json=as_json)
    with voice.waiting("正在重新计算账目……", "computing the ledger again …"):
        report = rooms.door("niangjia.recount.queries.verify")()
    told = [one.as_dict() for one in report.findings]
    facts = {name: getattr(report, name) for name in ("books", "entries", "postings", "funds", "years")}
    voice.give(good=report.good, bad=len(told), findings=told, **facts)
    for one in told[:SHOWN]:
        where_zh, where = f"账簿 {one['book']}，{one['number']}", f"book {one['book']}, {one['number']}"
        voice.line(f"✗ {ZH[str(one['what'])]}（{where_zh}）", f"✗ {one['what']} ({where})")
    if len(told) > SHOWN:
        voice.line(f"…… 共 {len(told)} 处", f"… {len(told)} in all")
    voice.line(
        f"核对 {report.books} 本账簿、{report.entries} 张凭证、{report.postings} 行分录、"
        f"{report.funds} 个资金来源、{report.years} 个已结账年度。",
        f"{report.books} books, {report.entries} entries, {report.postings} lines, {report.funds} funds and "
        f"{report.years} closed years checked.",
    )
    if report.good:
        voice.line("✓ 账目全部相符。", "✓ Everything holds.")
    voice.end(Exit.OK if report.good else Exit.DIFFERS)


def export_ledger(
    form: Annotated[
        Form, typer.Option("--format", help=t("文本格式。", "The format of the text."))
    ] = Form.HLEDGER,
    book: Annotated[
        list[int] | None,
        typer.Option("--book", help=t("只导出这本账簿（可重复）。", "Only this book (may be repeated).")),
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", help=t("写入文件；不写则输出到屏幕。", "A file; else the screen."))
    ] = None,
) -> None:
    """The text goes to the file or to the screen, in the order of days."""
    queries = rooms.room("niangjia.recount.queries")
    known = set(queries.exported_books(using="owner"))
    missing = sorted(set(book or ()) - known)
    if missing:
        raise Trouble(zh=f"没有账簿 {missing[0]}。", en=f"There is no book {missing[0]}.")
    form_of = rooms.door("niangjia.recount.rules.Format")
    parts = queries.export_text(form=form_of(form.value), book_ids=book or None, using="owner")
    if to is None:
        sys.stdout.writelines(parts)
        return
    with to.open("w", encoding="utf-8") as file:
        file.writelines(parts)
    voice = Voice(as_json=False)
    voice.line(f"✓ 已写入 {to}", f"✓ written to {to}")
