"""The demo world: its figures, its invented people, its log-ins."""

import hashlib
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from niangjia.bodies.rules import FacilityKind
from niangjia.demo import queries as demo
from niangjia.demo.actions import build_demo
from niangjia.demo.rules.ningbo import Size
from niangjia.demo.rules.staff import BESIDE, LOG_INS
from niangjia.demo.rules.starting import shipped_facts
from niangjia.demo.rules.world import world
from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE, Role
from niangjia.kernel.errors import Refused
from niangjia.kernel.identifiers import organisations, persons
from niangjia.kernel.scoping import enter_scope
from niangjia.network import queries
from niangjia.network.rules import EmployerKind, Mode, OrgKind
from niangjia.tree import queries as tree

TODAY = date(2018, 8, 20)
BODIES = (EmployerKind.ENTERPRISE, EmployerKind.INSTITUTION)
ROOT = Path(__file__).resolve().parents[2]
TEXTS = {".py", ".toml", ".md", ".html", ".po", ".txt", ".js", ".css", ".json"}
NAMED = {"ecc41522d3e97d81", "d325cbc4beec2867"}
"""Digests of the names of people on the newspaper page: the names themselves stand nowhere, not even here."""


def units(name):
    return tree.units_in_scope(scope=EVERYWHERE).filter(name=name).get()


def digest(name):
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def pieces(text):
    """Every run of two and three Han characters."""
    return {
        run[i : i + n]
        for run in re.findall(r"[一-鿿]{2,}", text)
        for n in (2, 3)
        for i in range(len(run) - n + 1)
    }


@pytest.fixture(scope="module", params=list(Size))
def made(request):
    return world(size=request.param, dazhou_facts=shipped_facts("B1"), today=TODAY)


@pytest.fixture
def built(db):
    with clock.fixed(TODAY):
        facts = build_demo(size="small")
        enter_scope(EVERYWHERE)
        yield facts


def test_the_small_world_stands_once_with_its_figures_and_log_ins(built):
    dazhou = queries.counts(unit_id=units("大洲镇总工会").pk, day=TODAY)
    assert (dazhou.organisations(OrgKind.SINGLE), dazhou.federations(), dazhou.employers()) == (10, 2, 24)
    gaojia = queries.counts(unit_id=units("匡堰镇高家村工会联合会").pk, day=TODAY)
    assert (gaojia.employers(), gaojia.workers) == (335, 3012)
    province = queries.counts(unit_id=units("浙江省总工会").pk, day=TODAY)
    assert (province.organisations(OrgKind.CITY), province.organisations(OrgKind.COUNTY)) == (11, 90)
    assert demo.is_built()
    assert "样本" in str(demo.notice())
    assert len(demo.log_ins()) == 24 + len(BESIDE)
    with pytest.raises(Refused, match="已经建立"):
        build_demo(size="small")


def test_nobody_of_the_page_stands_in_the_repository():
    git = shutil.which("git") or "git"
    tracked = subprocess.run([git, "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    files = [ROOT / name for name in tracked.stdout.split("\n")]
    found = {
        path.name: piece
        for path in files
        if path.suffix in TEXTS and path.is_file()
        for piece in pieces(path.read_text(encoding="utf-8", errors="ignore"))
        if digest(piece) in NAMED
    }
    assert found == {}


def test_invented_people_bear_invented_numbers_and_no_name_of_the_page(made):
    people = made.officers.people
    assert len({row.number for row in people}) == len({row.mobile for row in people}) == len(people)
    for row in people:
        assert row.number.startswith("990101")
        assert row.number[17] == persons.check_character(row.number[:17])
        assert re.fullmatch(r"1990000\d{4}", row.mobile)
        assert digest(row.name) not in NAMED


def test_invented_employers_bear_sound_codes_each_once(made):
    codes = [row.uscc for part in (made.dazhou, made.many) for row in part.employers]
    assert len(set(codes)) == len(codes)
    for code in codes:
        assert code[2:8] == "990101"
        assert code[17] == organisations.uscc_check(code[:17])
        assert code[16] == organisations.organisation_check(code[8:16])


def test_nothing_in_the_world_is_overdue_or_ahead_of_its_time(made):
    for part in (made.general, made.dazhou, made.many):
        for row in part.organisations:
            assert row.established_on <= TODAY
            assert row.term_ends_on is None or row.term_ends_on > TODAY
        assert all(since <= TODAY for row in part.employers for _, since in row.unions)
    assert all(row.since <= TODAY < row.until for row in made.officers.committees)


def test_the_full_world_has_the_scale_of_the_page():
    made = world(size=Size.FULL, dazhou_facts=shipped_facts("B1"), today=TODAY)
    places = {row.key: row.parent for row in (*made.general.organisations, *made.many.organisations)}

    def in_ningbo(key):
        while key and key != "3302":
            key = places.get(key, "")
        return bool(key)

    federations = [
        row for row in made.many.organisations if row.kind == OrgKind.FEDERATION and in_ningbo(row.key)
    ]
    bodies = [row for row in made.many.employers if row.kind in BODIES and in_ningbo(row.keeper)]
    centres = [row for row in made.many.facilities if row.kind == FacilityKind.CULTURE_CENTRE]
    districts = [row for row in federations if row.mode == Mode.BUSINESS_DISTRICT]
    assert (len(federations), len(bodies), len(districts), len(centres)) == (2513, 80214, 86, 12)


def test_every_role_has_a_log_in_of_its_own():
    roles = [row.role for row in LOG_INS]
    assert set(roles) == set(Role) - {Role.PUB}
    assert len({row.secret for row in LOG_INS}) == len({row.password for row in LOG_INS}) == len(roles)
