"""`niangjia seal` shows the head that is printed; `niangjia verify` ends with 1 and names the entry."""

import json

import pytest
import typer
from django.db import transaction
from tests.conftest import AT
from tests.kernel.tampering import owner, sealed

from niangjia.kernel import journal
from niangjia.kernel.access import EVERYWHERE, SYSTEM
from niangjia.kernel.journal import stored
from niangjia.kernel.journal.findings import What
from niangjia.kernel.scoping import enter_scope
from niangjia.project.cli import verify

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def said(capsys, command, **asked):
    with pytest.raises(typer.Exit) as end:
        command(as_json=True, **asked)
    return end.value.exit_code, json.loads(capsys.readouterr().out)


def test_the_command_line_seals_verifies_and_names_what_was_tampered(settings, tmp_path, capsys):
    settings.JOURNAL_OUTSIDE = tmp_path
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        lines = [
            journal.record("try", by=SYSTEM, at=AT, kind="kernel.trial", object_id=n, after={"n": n}).pk
            for n in range(5)
        ]
    head = sealed()[-1]
    code, told = said(capsys, verify.seal)
    assert (code, told["fingerprint"], told["head"]["size"]) == (0, head.fingerprint(), 5)
    code, told = said(capsys, verify.verify)
    assert (code, told["good"], told["lines"], told["findings"]) == (0, True, 5, [])
    with owner() as cursor:
        cursor.execute("UPDATE kernel_journalline SET verb = 'other' WHERE id = %s", [lines[3]])
        code, told = said(capsys, verify.verify, outside=stored.outside().folder)
    assert (code, told["good"], told["bad"]) == (1, False, 1)
    assert told["findings"] == [{"what": "line changed", "line": lines[3], "leaf": 3}]
    assert set(verify.ZH) == {str(what) for what in What}
