"""`niangjia verify-ledger` ends with 1 and names what does not hold; `export-ledger` writes the journal."""

import json

import pytest
import typer
from django.db import connections, transaction
from tests.ledger.worlds import Office, at_once
from tests.network.worlds import zhejiang

from niangjia.project.cli import ledger
from niangjia.project.trouble import Trouble
from niangjia.recount.queries.verifying import CHECKS

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def office():
    def make():
        made = Office(zhejiang())
        made.receive("600.00")
        made.pay("250.00")
        return made

    return at_once(make)


def said(capsys):
    with pytest.raises(typer.Exit) as end:
        ledger.verify_ledger(as_json=True)
    return end.value.exit_code, json.loads(capsys.readouterr().out)


def test_the_command_line_verifies_the_ledger_and_names_what_was_tampered(office, capsys):
    code, told = said(capsys)
    assert (code, told["good"], told["entries"], told["postings"], told["findings"]) == (0, True, 2, 4, [])
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_posting DISABLE TRIGGER USER")
        cursor.execute("UPDATE ledger_posting SET fen = fen + 1 WHERE line = 1")
        cursor.execute("ALTER TABLE ledger_posting ENABLE TRIGGER USER")
    code, told = said(capsys)
    assert (code, told["good"]) == (1, False)
    assert "entry does not balance" in {one["what"] for one in told["findings"]}
    with pytest.raises(typer.Exit):
        ledger.verify_ledger(as_json=False)
    assert "凭证借贷不平" in capsys.readouterr().out


def test_every_finding_has_its_chinese():
    assert CHECKS.keys() | {"closed year changed", "lots do not sum"} == ledger.ZH.keys()


def test_the_command_line_writes_the_journal(office, tmp_path, capsys):
    ledger.export_ledger(form=ledger.Form.BEANCOUNT, book=[office.book.pk], to=tmp_path / "all.beancount")
    text = (tmp_path / "all.beancount").read_text(encoding="utf-8")
    assert text.count(" * ") == 2
    assert "balance Assets:" in text
    capsys.readouterr()
    ledger.export_ledger(form=ledger.Form.HLEDGER, book=None, to=None)
    assert "account Assets:" in capsys.readouterr().out
    with pytest.raises(Trouble):
        ledger.export_ledger(form=ledger.Form.HLEDGER, book=[10**9], to=None)
