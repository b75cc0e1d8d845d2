"""The journal for people: a record's life, the auditor's search, the printed heads."""

import json

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from niangjia.kernel import journal
from niangjia.kernel.access import EVERYWHERE, SYSTEM, Actor, Role, words_of
from niangjia.kernel.journal import merkle
from niangjia.kernel.scoping import enter_scope
from niangjia.network import actions
from niangjia.network.rules import OrgKind
from niangjia.project.grants import ALL
from tests.conftest import AT, TODAY
from tests.kernel.tampering import sealed
from tests.portal import building


def actor(role, unit, **more):
    return Actor(
        name="核对人", role=role, user_id=1, post_id=1, unit_id=unit.pk, unit_path=unit.path,
        unit_name=unit.name, words=words_of(role, ALL), **more,
    )  # fmt: skip


@pytest.fixture
def shop(ningbo):
    found = building.employer("鄞州印刷厂", ningbo.town)
    actions.edit_employer(
        employer_id=found.pk, version=1, since=TODAY, by=SYSTEM, at=AT, headcount=57, address="启明路 9 号"
    )
    return found


def text_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:600]
    return response.content.decode()


def test_a_records_life_is_told_in_the_words_of_its_fields(client, acts, officer, shop):
    acts(officer)
    page = text_of(client, f"/register/employers/{shop.pk}/history/")
    for words in ("修改了单位资料", "登记了这家单位", "职工数", "4,242", "57", "启明路 9 号", "待封存"):
        assert words in page
    assert "headcount" not in page
    assert f"/register/employers/{shop.pk}/history/" in text_of(client, f"/register/employers/{shop.pk}/")


def test_a_life_is_told_in_few_queries(client, acts, officer, shop):
    for n in range(15):
        journal.record(
            "edit_employer",
            by=officer,
            at=AT,
            kind="network.employer",
            object_id=shop.pk,
            after={"headcount": n},
        )
    acts(officer)
    with CaptureQueriesContext(
        connection,
    ) as found:
        text_of(client, f"/register/employers/{shop.pk}/history/")
    assert len(found) <= 12


def test_the_life_is_shown_to_whom_the_record_is_shown_and_no_more(client, acts, ningbo, shop):
    for what in ({"latitude": 29.1}, {"金丝雀": "金丝雀"}, {"version": 98765}):
        journal.record(
            "edit_employer", by=SYSTEM, at=AT, kind="network.employer", object_id=shop.pk, after=what
        )
    acts(actor(Role.TWN, ningbo.town))
    page = text_of(client, f"/register/employers/{shop.pk}/history/")
    assert "金丝雀" not in page
    assert "98765" not in page
    enter_scope(EVERYWHERE)
    elsewhere = building.union(OrgKind.TOWN, "远方镇总工会", ningbo.county)
    acts(actor(Role.TWN, elsewhere))
    for address in ("", "history/", "history/1/"):
        text_of(client, f"/register/employers/{shop.pk}/{address}", status=404)
    acts(actor(Role.SYS, ningbo.town))
    text_of(client, f"/register/employers/{shop.pk}/history/", status=302)


def test_an_auditor_finds_lines_of_his_scope_and_no_values(client, acts, ningbo, shop):
    by = actor(Role.TWN, ningbo.town)
    journal.record(
        "edit_zone", by=by, at=AT, kind="bodies.zone", object_id=5, after={"name": "金丝雀"}, reason="某某病"
    )
    acts(actor(Role.AUD, ningbo.county))
    page = text_of(client, "/journal/?kind=network.employer")
    assert f"用人单位 {shop.pk}" in page
    assert "4,242" not in page
    page = text_of(client, "/journal/?verb=edit_zone&day=2018-08-20&post=1")
    assert "商圈与园区 5" in page
    assert "金丝雀" not in page
    assert "某某病" not in page
    assert "没有符合条件的日志" in text_of(client, "/journal/?verb=edit_zone&day=2018-08-19")
    assert "没有符合条件的日志" in text_of(client, "/journal/?verb=edit_zone&post=2")
    enter_scope(EVERYWHERE)
    elsewhere = building.union(OrgKind.TOWN, "远方镇总工会", ningbo.county)
    acts(actor(Role.AUD, elsewhere))
    page = text_of(client, "/journal/")
    assert "商圈与园区 5" not in page
    assert f"用人单位 {shop.pk}" not in page
    acts(by)
    text_of(client, "/journal/", status=302)


def proves_growth(told, first, second):
    path = [bytes.fromhex(one) for one in json.loads(told)["path"]]
    roots = {"old_root": first.root, "new_root": second.root}
    return merkle.is_consistent(old=first.size, new=second.size, path=path, **roots)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_anybody_compares_a_printed_head_and_takes_the_proof_home(client, acts, settings, tmp_path):
    settings.JOURNAL_OUTSIDE = tmp_path
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        town = building.union(OrgKind.PROVINCE, "浙江省总工会")
        line = journal.record(
            "edit_organisation", by=SYSTEM, at=AT, kind="network.organisation", object_id=town.pk,
            after={"phone": "0574-1"},
        )  # fmt: skip
    (first,) = sealed()
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        journal.record("try", by=SYSTEM, at=AT, kind="kernel.trial", object_id=1)
    second = sealed()[-1]
    assert first.fingerprint() in text_of(client, "/journal/heads/")
    asked = f"/journal/heads/?number=1&fingerprint={first.fingerprint().lower().replace('-', ' ')}"
    assert "指纹一致" in text_of(client, asked)
    assert "与您填写的不同" in text_of(client, "/journal/heads/?number=1&fingerprint=00000")
    assert "没有这个序号" in text_of(client, "/journal/heads/?number=99&fingerprint=00000")
    assert text_of(client, "/journal/heads/?number=x", status=422)
    notice = text_of(client, "/journal/heads/1/")
    assert first.root.hex() in notice
    assert "data:image/svg+xml" in notice
    text_of(client, "/journal/heads/9/", status=404)
    assert proves_growth(text_of(client, "/journal/heads/1/proof/"), first, second)
    acts(actor(Role.PRV, town))
    assert "已封存于第 1 号日志头" in text_of(client, f"/register/organisations/{town.pk}/history/")
    told = json.loads(text_of(client, f"/register/organisations/{town.pk}/history/{line.pk}/"))
    assert "0574-1" in told["values"]["body"]
    acts(actor(Role.LOG, town))
    assert json.loads(text_of(client, f"/journal/lines/{line.pk}/"))["values"] is None
    assert "第 1 号" in text_of(client, "/journal/")
