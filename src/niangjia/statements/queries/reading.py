"""A statement as the bank writes it, read in the child process that reads every stranger's file."""

from niangjia.kernel.errors import BadInput
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import say
from niangjia.payments.queries import told_rows
from niangjia.statements.rules import STATEMENT_COLUMNS, StatementRow


def statement_rows(*, content: bytes) -> list[StatementRow]:
    """The lines of the bank's statement, money in positive; raises BadInput for a line that is neither."""
    found = []
    for number, told in told_rows(content=content, columns=STATEMENT_COLUMNS):
        paid, received = told.get("paid") or Yuan(0), told.get("received") or Yuan(0)
        if bool(paid) == bool(received):
            words = say("第 {row} 行：借方和贷方应当正好有一个金额。请核对这一行。", row=number)
            raise BadInput(words, field="file")
        found.append(
            StatementRow(
                row=number,
                on=told["on"],
                amount=received - paid,
                balance=told.get("balance"),
                serial=str(told.get("serial") or ""),
                words=str(told.get("words") or ""),
            )
        )
    return found
