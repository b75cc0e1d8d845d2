"""Invented officers: who chairs which committee, and one log-in for each role of Appendix C. Pure."""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from niangjia.bodies.rules import PostKind
from niangjia.demo.rules import names, numbers
from niangjia.demo.rules.dice import Dice
from niangjia.demo.rules.sketch import CommitteeSketch, OrganisationSketch, PersonSketch, Sketch
from niangjia.demo.rules.terms import last_term, term_number
from niangjia.kernel.access import Role
from niangjia.network.rules import PRIMARY, OrgKind

LOCAL = (OrgKind.PROVINCE, OrgKind.CITY, OrgKind.COUNTY, OrgKind.TOWN, OrgKind.INDUSTRY)
BIG = (OrgKind.PROVINCE, OrgKind.CITY)


@dataclass(frozen=True, slots=True)
class LogIn:
    """A demo log-in: made up from the role alone, so it can be printed; it exists in the demo world only."""

    role: Role
    unit: str
    title: str
    username: str = ""

    @property
    def name(self) -> str:
        """The user name: the role's code, unless said otherwise."""
        return self.username or self.role.value

    @property
    def password(self) -> str:
        """What is typed beside it."""
        return f"niangjia-demo-{self.name}"

    @property
    def secret(self) -> str:
        """The base32 secret of its second factor."""
        digest = hashlib.sha256(f"niangjia demo world {self.name}".encode()).digest()
        return base64.b32encode(digest[:20]).decode()


LOG_INS = (
    LogIn(Role.WRK, "湍口温泉度假酒店工会", "职工"),
    LogIn(Role.MEM, "开山虹套工会", "会员"),
    LogIn(Role.GRP, "东磁-0-g", "工会小组长"),
    LogIn(Role.PRI, "开山虹套工会", "工会主席"),
    LogIn(Role.WOM, "东磁工会", "女职工委员会主任"),
    LogIn(Role.FED, "gaojia", "联合会主席"),
    LogIn(Role.TWN, "330803110", "镇总工会主席"),
    LogIn(Role.CTY, "330803", "区总工会经办"),
    LogIn(Role.MUN, "3302", "市总工会基层工作部"),
    LogIn(Role.IND, "industry", "产业工会主席"),
    LogIn(Role.PRV, "33", "省总工会基层工作部"),
    LogIn(Role.DEL, "省电检所工会", "职工代表"),
    LogIn(Role.APP, "省电检所工会", "评议对象"),
    LogIn(Role.TEL, "省电检所工会", "监票人"),
    LogIn(Role.PTY, "省电检所工会", "党组织联络员"),
    LogIn(Role.ADM, "开山虹套工会", "厂务公开责任人"),
    LogIn(Role.AUD, "330803", "经审会主任"),
    LogIn(Role.CSH, "330803110", "出纳"),
    LogIn(Role.ACC, "330803110", "会计"),
    LogIn(Role.INS, "东磁工会", "保险公司联络员"),
    LogIn(Role.GOV, "330803110", "镇财政联络员"),
    LogIn(Role.SYS, "33", "系统管理员"),
    LogIn(Role.SEC, "33", "安全管理员"),
    LogIn(Role.LOG, "33", "审计管理员"),
)
BESIDE = (
    LogIn(Role.TWN, "330803110", "镇总工会干事", username="twn2"),
    LogIn(Role.ACC, "330803", "区总工会会计", username="acc2"),
    LogIn(Role.ACC, "330803", "区总工会复核会计", username="acc3"),
    LogIn(Role.CSH, "330803", "区总工会出纳", username="csh2"),
)
"""Further log-ins: two go to a door together, and three different hands make, check and pay (App. C)."""
SECOND_POST = LogIn(Role.FED, "大洲镇规上企业工会联合会", "联合会主席（兼）", username="twn")
"""The town's officer also chairs a federation: he has to choose in which post he acts (SC-3)."""


def staffed(organisations: Sequence[OrganisationSketch], *, today: date, dice: Dice) -> Sketch:
    """A committee in its present term for each organisation, with its chair; more posts at large ones."""
    sketch = Sketch()
    serials: dict[date, int] = {}
    for row in organisations:
        years = row.term_years or (3 if row.kind in PRIMARY else 5)
        since, until = last_term(row.established_on, years=years, today=today)
        number = term_number(row.established_on, years=years, today=today)
        people = [
            _person(row, kind, dice, serials, len(sketch.people) + i) for i, kind in enumerate(_posts(row))
        ]
        sketch.people += people
        posts = tuple((kind, person.key) for kind, person in zip(_posts(row), people, strict=True))
        sketch.committees.append(CommitteeSketch(row.key, number, since, until, posts))
    return sketch


def log_in_people(*, dice: Dice) -> Iterator[PersonSketch]:
    """A person behind each log-in; nobody shares an account (C5)."""
    for i, log_in in enumerate((*LOG_INS, *BESIDE)):
        hand = dice.hand("log-in", log_in.name)
        born = date(1990, 7, 1) + timedelta(days=i)
        is_male = bool(hand.number(0, 1)) and log_in.role is not Role.WOM
        number = numbers.resident_number(born=born, serial=0, is_male=is_male)
        mobile = numbers.mobile(9000 + i)
        yield PersonSketch(
            log_in.name, log_in.unit, names.person_name(hand), born, is_male, number, mobile=mobile
        )


def _posts(row: OrganisationSketch) -> tuple[PostKind, ...]:
    if row.kind in BIG:
        return (PostKind.CHAIR, PostKind.VICE, PostKind.WOMEN, PostKind.AUDIT)
    if row.kind in LOCAL:
        return (PostKind.CHAIR,)
    return (PostKind.CHAIR, PostKind.WOMEN) if row.kind in PRIMARY else (PostKind.CHAIR, PostKind.ORGANISER)


def _person(
    row: OrganisationSketch, kind: PostKind, dice: Dice, serials: dict[date, int], serial: int
) -> PersonSketch:
    hand = dice.hand("person", row.key, kind)
    born = date(1964, 1, 1) + timedelta(days=hand.number(0, 365 * 26))
    is_male = kind is not PostKind.WOMEN and hand.number(0, 9) < 6  # noqa: PLR2004 - six in ten
    serials[born] = serials.get(born, -1) + 1
    number = numbers.resident_number(born=born, serial=serials[born], is_male=is_male)
    name = names.person_name(hand)
    return PersonSketch(
        f"{row.key}/{kind}", row.key, name, born, is_male, number, mobile=numbers.mobile(serial)
    )
