"""The page's figures come out: read back from the system, held against another count, whatever the start."""

import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from niangjia.demo.rules.starting import shipped_facts
from niangjia.demo.stories import b2, play
from niangjia.demo.stories.starts import claims
from niangjia.kernel.errors import Refused
from niangjia.network.models import Organisation
from niangjia.network.rules import Mode

SHIPPED = Path(__file__).resolve().parents[2] / "stories"
PARTS = {"B3.firms", "B3.members", "WZ.drivers"}
"""Claims of stories of which only a part is played yet."""
OF_A_MERGER = {"B2.merge", "B2.after_merge"}
TIMED = {"B2.answers"}
"""Seconds of this machine, which others share: the story tells them, no test stands or falls with them."""


def table(lines):
    return {line.claim: line for line in lines}


def test_b1_comes_out_as_the_page_says_it_and_leaves_nothing_behind(db):
    found = table(play(ids=("B1",), inputs=SHIPPED))
    assert {line.against for line in found.values()} == {"page"}
    assert not Organisation.objects.exists()
    assert {key: line.system for key, line in found.items() if line.verdict == "matches"} == {
        "B1.unions": "10",
        "B1.federations": "2",
        "B1.employers": "24",
        "B1.scattered": "14",
        "B1.listing": "24",
        "B1.members": "1236",
        "B1.rows": "1240",
    }
    assert found["B1.members"].wording == "1236人"
    assert len(found["B1.listing"].listing) == 24
    assert any("开山虹套工会（2006-04-18起）" in row for row in found["B1.listing"].listing)


def smaller(folder):
    """Start data of few firms, members and drivers."""
    other = {
        "b3.toml": (("firms = 335", "firms = 12"), ("members = 3012", "members = 77")),
        "wz.toml": (("members = 20140", "members = 507"), ("each_code = 2000", "each_code = 200")),
    }
    for name, changes in other.items():
        text = (SHIPPED / name).read_text(encoding="utf-8")
        for page, own in changes:
            text = text.replace(page, own)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_every_story_has_a_line_and_what_is_to_come_says_so(db, tmp_path):
    stories = {claim.story for claim in claims()}
    assert stories == {*(f"B{i}" for i in range(1, 11)), "WZ"}
    played = play(ids=tuple(stories - {"B1", "B2", "B5", "B6"}), inputs=smaller(tmp_path))
    later = [line for line in played if line.claim not in PARTS]
    assert {line.verdict for line in later} == {"not built"}
    assert len(later) == len({line.claim for line in later}) > 30


def test_gaojia_has_its_firms_and_members_whatever_their_number(db, tmp_path):
    found = table(play(ids=("B3",)))
    said = {
        key: (found[key].system, found[key].wording, found[key].verdict) for key in ("B3.firms", "B3.members")
    }
    assert said == {
        "B3.firms": ("335", "335家", "matches"),
        "B3.members": ("3012", "3000多名", "matches"),
    }
    other = table(play(ids=("B3",), inputs=smaller(tmp_path)))
    assert [(other[key].system, other[key].verdict) for key in ("B3.firms", "B3.members")] == [
        ("12", "matches"),
        ("77", "matches"),
    ]


def test_the_drivers_of_jiangbei_join_by_code_whatever_their_number(db, tmp_path):
    other = table(play(ids=("WZ",), inputs=smaller(tmp_path)))["WZ.drivers"]
    assert (other.system, other.wording, other.verdict) == ("507", "500余名", "matches")


@pytest.mark.slow
def test_the_drivers_of_jiangbei_are_as_many_as_the_page_says(db):
    found = table(play(ids=("WZ",)))["WZ.drivers"]
    assert (found.system, found.wording, found.verdict) == ("20140", "2万余名", "matches")


def test_other_members_give_other_figures(db, tmp_path):
    text = (SHIPPED / "b1.toml").read_text(encoding="utf-8")
    text = text.replace("rows = 1240", "rows = 90").replace("doubles = 4", "doubles = 7")
    (tmp_path / "b1.toml").write_text(text, encoding="utf-8")
    found = table(play(ids=("B1",), inputs=tmp_path))
    assert [(found[key].system, found[key].verdict) for key in ("B1.members", "B1.rows")] == [
        ("83", "matches"),
        ("90", "matches"),
    ]


def test_an_unknown_story_and_broken_start_data_are_refused_in_words(db, tmp_path):
    with pytest.raises(Refused, match="没有故事B77"):
        play(ids=("B77",))
    (tmp_path / "b1.toml").write_text("day = = 3", encoding="utf-8")
    with pytest.raises(Refused, match=r"b1\.toml 读不出来"):
        play(ids=("B1",), inputs=tmp_path)
    (tmp_path / "b1.toml").write_text("day = 2018-08-20", encoding="utf-8")
    with pytest.raises(Refused, match="缺少或写错"):
        play(ids=("B1",), inputs=tmp_path)


def b1_text(unions, scattered, grouped):
    """B1 start data: `unions` are employers of single unions, `scattered` those of the federation."""
    place = shipped_facts("B1")["place"]
    lines = [
        "day = 2018-08-20",
        "[place]",
        *(f'{key} = "{place[key]}"' for key in ("province", "city", "county", "town")),
        "since = 2003-05-01",
    ]
    for i, employer in enumerate(unions):
        lines += [
            "[[unions]]",
            f'name = "第{i}工会"',
            f'employer = "第{employer}厂"',
            f"since = 2010-01-{1 + i:02d}",
        ]
    listed = ", ".join(f'"第{employer}厂"' for employer in scattered)
    lines += [
        "[[federations]]",
        'name = "甲联合会"',
        "since = 2012-01-01",
        'joint = "甲联合工会"',
        f"employers = [{listed}]",
    ]
    groups = ", ".join(f'"第{i}工会"' for i in grouped if i < len(unions))
    lines += [
        "[[federations]]",
        'name = "乙联合会"',
        "since = 2013-01-01",
        f"groups = [{groups}]",
        "groups_since = 2013-02-01",
    ]
    return "\n".join(lines)


EMPLOYERS = st.integers(0, 11)


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    unions=st.lists(EMPLOYERS, min_size=1, max_size=8),
    scattered=st.lists(EMPLOYERS, max_size=10),
    grouped=st.sets(st.integers(0, 7), max_size=4),
)
def test_other_start_data_give_other_figures_and_nobody_is_counted_twice(
    db, tmp_path, unions, scattered, grouped
):
    (tmp_path / "b1.toml").write_text(b1_text(unions, scattered, grouped), encoding="utf-8")
    found = table(play(ids=("B1",), inputs=tmp_path))
    assert found["B1.unions"].system == str(len(unions))
    assert found["B1.employers"].system == str(len(set(unions) | set(scattered)))
    assert found["B1.scattered"].system == str(len(set(scattered) - set(unions)))
    assert {line.verdict for line in found.values()} == {"matches", "not built"}
    assert {line.against for line in found.values()} == {"recount", ""}


def b2_text(**scale):
    facts = shipped_facts("B2")
    lines = [
        "day = 2018-08-20",
        "seed = 3",
        "[place]",
        'province = "省总工会"',
        'city = "市总工会"',
        "since = 2000-01-01",
    ]
    lines += ["[scale]", *(f"{key} = {value}" for key, value in scale.items())]
    lines += ["[modes]", *(f"{key} = {value}" for key, value in facts["modes"].items())]
    lines += [
        "[[counties]]",
        'name = "甲区"',
        'towns = ["一镇", "二镇"]',
        "[[counties]]",
        'name = "乙县"',
        'towns = ["三镇"]',
    ]
    return "\n".join(lines)


BETWEEN = {
    "federations": 11,
    "employers": 123,
    "business_districts": 2,
    "institutions": 20,
    "second_affiliations": 3,
    "merchants": 0,
}
"""Above a hundred the newspaper would round (120余家); the board says words from a thousand on."""


@st.composite
def scales(draw):
    federations, more = draw(st.integers(1, 24)), draw(st.integers(0, 60))
    districts = min(draw(st.integers(0, 9)), federations)
    return {
        "federations": federations,
        "employers": federations + more,
        "business_districts": districts,
        "institutions": more // 5,
        "second_affiliations": draw(st.integers(0, 20)),
        "merchants": draw(st.integers(0, 12)) if districts else 0,
    }


@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(scale=scales())
@example(scale=BETWEEN)
def test_a_city_of_another_size_shows_its_own_figures_on_cards_and_pages(db, tmp_path, scale):
    (tmp_path / "b2.toml").write_text(b2_text(**scale), encoding="utf-8")
    found = table(play(ids=("B2",), inputs=tmp_path))
    assert found["B2.federations"].system == found["B2.cards"].system == str(scale["federations"])
    assert found["B2.employers"].system == str(scale["employers"])
    assert found["B2.business_districts"].system == str(scale["business_districts"])
    assert found["B2.pages"].system == str(min(12, scale["federations"]))
    others = {key for key, line in found.items() if line.verdict != "matches"} - TIMED
    assert others <= OF_A_MERGER


def of_b2(found):
    """What is the same whether many work in the business districts or few."""
    said = {key: (line.system, line.wording) for key, line in found.items()}
    assert said["B2.federations"] == ("2513", "2500余家")
    assert said["B2.employers"] == ("80214", "8万余家企事业单位")
    assert said["B2.business_districts"][0] == "86"
    assert said["B2.merge"][0] == "2512"
    assert said["B2.after_merge"][0] == "80214"
    assert "not built" not in {line.verdict for line in found.values()}
    assert {key for key, line in found.items() if line.verdict == "differs"} <= TIMED
    return said


@pytest.mark.slow
def test_b2_comes_out_with_a_hundredth_of_its_workers(db, tmp_path):
    text = (SHIPPED / "b2.toml").read_text(encoding="utf-8")
    text = text.replace("business_district_workers = 600730", "business_district_workers = 6007")
    (tmp_path / "b2.toml").write_text(text, encoding="utf-8")
    assert of_b2(table(play(ids=("B2",), inputs=tmp_path)))["B2.workers"][0] == "6007"


@pytest.mark.proof
def test_proof_that_b2_comes_out_as_the_page_says_it(db):
    found = table(play(ids=("B2",)))
    assert of_b2(found)["B2.workers"] == ("600730", "60余万")
    sys.stdout.write(f"PROOF story B2: {len(found)} claims of the page, every worker laid down\n")


def test_the_shipped_start_data_are_valid_toml():
    for path in SHIPPED.glob("*.toml"):
        assert tomllib.loads(path.read_text(encoding="utf-8"))["day"]


def test_the_story_of_the_modes_says_their_names():
    counts = SimpleNamespace(federations=lambda mode: 510 if mode is Mode.PARK else 1)
    said = b2._modes(counts)
    assert said.startswith("园区统筹 510 家、村社统筹 1 家")
    assert not any(letter.isascii() and letter.isalpha() for letter in said)
