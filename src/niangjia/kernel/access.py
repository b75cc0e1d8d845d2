"""Who may do what, where: roles, reaches, scopes and the acting person. Pure: no Django, no table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from niangjia.kernel.errors import NotAllowed
from niangjia.kernel.paths import CEILING, ancestors, is_within


class Role(StrEnum):
    """The actors of the field (domain.md §2.1); the code is the actor's code in lower case."""

    PUB = "pub"
    WRK = "wrk"
    MEM = "mem"
    GRP = "grp"
    PRI = "pri"
    WOM = "wom"
    FED = "fed"
    TWN = "twn"
    CTY = "cty"
    MUN = "mun"
    IND = "ind"
    PRV = "prv"
    DEL = "del"
    APP = "app"
    TEL = "tel"
    PTY = "pty"
    ADM = "adm"
    AUD = "aud"
    CSH = "csh"
    ACC = "acc"
    INS = "ins"
    GOV = "gov"
    SYS = "sys"
    SEC = "sec"
    LOG = "log"


class Reach(StrEnum):
    """How far a permission carries from the acting post (domain.md Appendix C, SC-2)."""

    OWN = "own"
    UNIT = "unit"
    SUBTREE = "subtree"
    LINE = "line"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Grant:
    """A permission word and the roles that carry it, each with its reach.

    `inherited` words are for reading: an officer of an heir carries them to the unions that ended (SC-8).
    """

    word: str
    roles: Mapping[Role, Reach]
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows a request may touch: path ranges, the paths above (names only), own person, public rows.

    `ended` are the paths of unions that are no more and whose heir the reader serves: each alone, read only.
    """

    tops: tuple[str, ...] = ()
    exact: bool = False
    up: tuple[str, ...] = ()
    own: int | None = None
    public: bool = False
    ended: tuple[str, ...] = ()

    def covers(self, path: str) -> bool:
        """True if a unit at `path` lies in the scope."""
        if path in self.ended:
            return True
        if self.exact:
            return path in self.tops
        return any(is_within(path, top) for top in self.tops)

    @property
    def ranges(self) -> tuple[tuple[str, str], ...]:
        """Half-open text ranges `[lo, hi)` under the C collation."""
        return tuple((top, top + (_JUST_ABOVE if self.exact else CEILING)) for top in self.tops)


_JUST_ABOVE = "!"
"""Sorts after the end of a text and below every segment character: `[path, path + '!')` is the unit alone."""

NOWHERE = Scope()
EVERYWHERE = Scope(tops=("",), public=True)
PUBLIC_ROWS = Scope(public=True)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody acting in exactly one post (SC-3): what the post may do and how far it reaches."""

    name: str
    role: Role = Role.PUB
    user_id: int | None = None
    person_id: int | None = None
    post_id: int | None = None
    unit_id: int | None = None
    unit_path: str = ""
    unit_name: str = ""
    lines: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    words: Mapping[str, Reach] = field(default_factory=dict)
    inherited: frozenset[str] = frozenset()
    everywhere: bool = False

    def may(self, word: str, *, at: str | None = None) -> bool:
        """True if the acting post carries the word and, where a path is given, reaches it."""
        if self.everywhere:
            return True
        if word not in self.words:
            return False
        return at is None or self.scope_for(word).covers(at)

    def require(self, word: str, *, at: str | None = None) -> None:
        """Refuse what the acting post may not do (403 at the edge)."""
        if not self.may(word, at=at):
            raise NotAllowed

    def scope_for(self, word: str) -> Scope:
        """The rows that the word opens to this actor (SC-1, SC-2)."""
        if self.everywhere:
            return EVERYWHERE
        reach = self.words.get(word)
        if reach is None:
            return NOWHERE
        scope = self._scope(reach)
        return replace(scope, ended=self.ended) if scope.tops and word in self.inherited else scope

    def _scope(self, reach: Reach) -> Scope:
        up = tuple(ancestors(self.unit_path))
        if reach in {Reach.OWN, Reach.CASE} or not self.unit_path:
            return Scope(own=self.person_id)
        if reach is Reach.UNIT:
            return Scope(tops=(self.unit_path,), exact=True, up=up, own=self.person_id)
        tops = (self.unit_path, *self.lines) if reach is Reach.LINE else (self.unit_path,)
        above = {path for top in tops for path in ancestors(top)}
        return Scope(tops=tops, up=tuple(sorted(above)), own=self.person_id)


PUBLIC = Actor(name="公众")
SYSTEM = Actor(name="系统", role=Role.SYS, everywhere=True)


def words_of(role: Role, grants: Iterable[Grant]) -> dict[str, Reach]:
    """Every word that a role carries, with its reach."""
    return {grant.word: grant.roles[role] for grant in grants if role in grant.roles}


def inherited_words(grants: Iterable[Grant]) -> frozenset[str]:
    """The words that an officer of an heir carries to the unions that ended (SC-8)."""
    return frozenset(grant.word for grant in grants if grant.inherited)
