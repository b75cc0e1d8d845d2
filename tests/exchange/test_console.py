"""The same way of a file on the command line: check, enter, export, trace; exit codes say what came of it."""

import json

import pytest
import typer

from niangjia.network.models import Employer
from niangjia.project.cli import files
from niangjia.project.cli.voice import Exit
from tests.exchange.files import csv_of, firm


def ended(capsys, command, **told):
    with pytest.raises(typer.Exit) as stop:
        command(**told, as_json=True)
    return stop.value.exit_code, json.loads(capsys.readouterr().out)


def test_a_file_is_checked_and_only_with_commit_entered(land, tmp_path, capsys):
    path, before = tmp_path / "名册.csv", Employer.objects.count()
    path.write_bytes(csv_of([firm(1), firm(2)]))
    code, told = ended(capsys, files.import_file, kind="employers", file=path)
    assert (code, told["state"], told["counts"]) == (Exit.OK, "checked", {"new": 2})
    assert Employer.objects.count() == before
    code, told = ended(capsys, files.import_file, kind="employers", file=path, commit=True, again=True)
    assert (code, told["fates"], Employer.objects.count()) == (Exit.OK, {"entered": 2}, before + 2)


def test_rows_that_do_not_pass_end_with_one(land, tmp_path, capsys):
    path = tmp_path / "名册.csv"
    path.write_bytes(csv_of([firm(1), firm(2, kind="公司制")]))
    code, told = ended(capsys, files.import_file, kind="employers", file=path, commit=True)
    assert (code, told["counts"], told["fates"]) == (Exit.DIFFERS, {"new": 1, "error": 1}, {"entered": 1})


def test_a_list_is_written_and_its_exporter_found_again(land, tmp_path, capsys):
    path, out = tmp_path / "名册.csv", tmp_path / "出.csv"
    path.write_bytes(csv_of([firm(n, union="衢江区小散远联合工会") for n in range(30)]))
    ended(capsys, files.import_file, kind="employers", file=path, commit=True)
    code, told = ended(capsys, files.export_list, kind="employers", to=out, purpose="核对")
    assert (code, told["rows"]) == (Exit.OK, 32)
    assert out.stat().st_mode & 0o077 == 0
    code, found = ended(capsys, files.trace, file=out)
    assert (code, [one["编号"] for one in found["found"]]) == (Exit.OK, [str(told["export"])])
    assert ended(capsys, files.trace, file=path)[0] == Exit.DIFFERS
