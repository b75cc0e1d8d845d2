"""The measures of the board: each number has a key, and the same key opens its rows (R-G-04, R-PG-10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from niangjia.kernel.errors import BadInput
from niangjia.kernel.words import Said, say
from niangjia.network.rules import (
    COUNTED_EMPLOYERS,
    COUNTED_KINDS,
    COUNTED_PRIMARIES,
    MODE_LABELS,
    SECTOR_LABELS,
    EmployerKind,
    Mode,
    OrgKind,
    Sector,
)


class Rows(StrEnum):
    """What stands behind a number: organisations or employers."""

    ORGANISATIONS = "organisations"
    EMPLOYERS = "employers"


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of the board: what it counts, and the filters that open exactly its rows."""

    key: str
    label: Said
    rows: Rows
    kinds: tuple[str, ...] = ()
    mode: str = ""
    sector: str = ""


def _organisations(key: str, label: Said, *kinds: OrgKind) -> Measure:
    return Measure(key, label, Rows.ORGANISATIONS, kinds=tuple(kinds))


def _employers(key: str, label: Said, *kinds: EmployerKind) -> Measure:
    return Measure(key, label, Rows.EMPLOYERS, kinds=tuple(kinds))


FEDERATIONS = _organisations("federations", COUNTED_KINDS[OrgKind.FEDERATION], OrgKind.FEDERATION)
SINGLES = _organisations("singles", COUNTED_KINDS[OrgKind.SINGLE], OrgKind.SINGLE)
JOINTS = _organisations("joints", COUNTED_KINDS[OrgKind.JOINT], OrgKind.JOINT)
PRIMARIES = _organisations("primaries", COUNTED_PRIMARIES, OrgKind.SINGLE, OrgKind.JOINT)
GENERALS = _organisations(
    "generals",
    say("各级总工会与产业工会"),
    *(OrgKind.PROVINCE, OrgKind.CITY, OrgKind.COUNTY, OrgKind.TOWN, OrgKind.INDUSTRY),
)
EMPLOYERS = _employers("employers", say("覆盖单位"))
ENTERPRISES_AND_INSTITUTIONS = _employers(
    "enterprises-institutions", say("企事业单位"), EmployerKind.ENTERPRISE, EmployerKind.INSTITUTION
)
_MODES = tuple(
    Measure(
        f"mode-{mode}", say(MODE_LABELS[mode]), Rows.ORGANISATIONS, kinds=(OrgKind.FEDERATION,), mode=mode
    )
    for mode in Mode
)
BUSINESS_DISTRICTS = Measure(
    "business-districts",
    say("商圈工会联合会"),
    Rows.ORGANISATIONS,
    kinds=(OrgKind.FEDERATION,),
    mode=Mode.BUSINESS_DISTRICT,
)
_KINDS = tuple(_employers(f"kind-{kind}", COUNTED_EMPLOYERS[kind], kind) for kind in EmployerKind)
_SECTORS = tuple(
    Measure(f"sector-{sector}", say(SECTOR_LABELS[sector]), Rows.EMPLOYERS, sector=sector)
    for sector in Sector
)
_ALL = (
    FEDERATIONS,
    BUSINESS_DISTRICTS,
    *_MODES,
    PRIMARIES,
    SINGLES,
    JOINTS,
    GENERALS,
    EMPLOYERS,
    ENTERPRISES_AND_INSTITUTIONS,
    *_KINDS,
    *_SECTORS,
)

MEASURES: Mapping[str, Measure] = {measure.key: measure for measure in _ALL}
HEADLINE = (FEDERATIONS, ENTERPRISES_AND_INSTITUTIONS, BUSINESS_DISTRICTS, PRIMARIES)
"""The newspaper's figures (S-NB-01, S-NB-07) and the unions that stand behind them."""

GROUPS: tuple[tuple[Said, tuple[Measure, ...]], ...] = (
    (say("联合会按统筹模式"), _MODES),
    (say("工会组织"), (FEDERATIONS, SINGLES, JOINTS, GENERALS)),
    (say("覆盖单位按性质"), (EMPLOYERS, *_KINDS)),
    (say("覆盖单位按领域"), _SECTORS),
)
"""How the board sorts its numbers into tables."""

_PRIMARY = (OrgKind.SINGLE, OrgKind.JOINT, OrgKind.BRANCH, OrgKind.GROUP)


def headline_of(kind: OrgKind) -> tuple[Measure, ...]:
    """The first figures of a board: what can stand under such a union at all."""
    if kind in _PRIMARY:
        return (EMPLOYERS, ENTERPRISES_AND_INSTITUTIONS)
    if kind is OrgKind.FEDERATION:
        return (SINGLES, JOINTS, EMPLOYERS, ENTERPRISES_AND_INSTITUTIONS)
    return HEADLINE


def groups_of(kind: OrgKind) -> tuple[tuple[Said, tuple[Measure, ...]], ...]:
    """The tables of a board; federations and primary unions have employers only."""
    return GROUPS[2:] if kind in {*_PRIMARY, OrgKind.FEDERATION} else GROUPS


def measures_of(rows: Rows) -> tuple[Measure, ...]:
    """The measures whose rows are of one sort."""
    return tuple(measure for measure in MEASURES.values() if measure.rows is rows)


def measure_named(key: str, *, rows: Rows | None = None) -> Measure:
    """The measure of a key, refused where no page shows such a number."""
    found = MEASURES.get(key)
    if found is None or (rows is not None and found.rows is not rows):
        raise BadInput(say("没有这一项数字。请从页面上的数字点进来。"), field="of")
    return found
