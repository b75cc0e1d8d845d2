"""Who may be dissolved, merged, converted, split, and into what (R-ORG-07, R-ORG-14). Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from niangjia.kernel.errors import Refused
from niangjia.kernel.paths import SEGMENT, is_within
from niangjia.kernel.words import Said, listed, say
from niangjia.network.rules import KIND_LABELS, PARENTS, PRIMARY, OrgKind
from niangjia.restructuring.rules.parties import Kind

BELOW_COUNTY = (
    OrgKind.TOWN,
    OrgKind.FEDERATION,
    OrgKind.SINGLE,
    OrgKind.JOINT,
    OrgKind.BRANCH,
    OrgKind.GROUP,
)
SOURCES: Mapping[Kind, tuple[OrgKind, ...]] = {
    Kind.DISSOLVE: BELOW_COUNTY,
    Kind.MERGE: BELOW_COUNTY,
    Kind.CONVERT: BELOW_COUNTY,
    Kind.SPLIT: (OrgKind.FEDERATION, OrgKind.JOINT),
}
MERGES: Mapping[OrgKind, tuple[OrgKind, ...]] = {
    OrgKind.TOWN: (OrgKind.TOWN,),
    OrgKind.FEDERATION: (OrgKind.FEDERATION,),
    OrgKind.SINGLE: (OrgKind.JOINT, OrgKind.SINGLE),
    OrgKind.JOINT: (OrgKind.JOINT,),
    OrgKind.BRANCH: (OrgKind.BRANCH,),
    OrgKind.GROUP: (OrgKind.GROUP,),
}
"""What may be merged into what: like into like; a single union also into a joint one."""
CONVERSIONS: Mapping[OrgKind, tuple[OrgKind, ...]] = {
    OrgKind.SINGLE: (OrgKind.JOINT,),
    OrgKind.JOINT: (OrgKind.SINGLE,),
    OrgKind.BRANCH: (OrgKind.GROUP,),
    OrgKind.GROUP: (OrgKind.BRANCH,),
}
"""A federation is made of unions and never of a primary union itself: no primary union becomes one."""
FOUNDED: Mapping[OrgKind, tuple[OrgKind, ...]] = {
    OrgKind.FEDERATION: (OrgKind.FEDERATION,),
    OrgKind.JOINT: (OrgKind.JOINT, OrgKind.SINGLE),
}
"""What a split may found."""


def _words(kinds: Collection[OrgKind]) -> Said:
    return listed([say(KIND_LABELS[kind]) for kind in kinds])


def require_source(kind: Kind, *, source: OrgKind) -> None:
    """Refuse a union that cannot be restructured this way."""
    if source not in SOURCES[kind]:
        text = "“{source}”不能这样办。可以办的是：{kinds}。"
        raise Refused(
            say(text, source=say(KIND_LABELS[source]), kinds=_words(SOURCES[kind])), field="sources"
        )


def require_merge(source: OrgKind, *, heir: OrgKind) -> None:
    """Refuse a union into which this kind is not merged."""
    if heir not in MERGES.get(source, ()):
        text = "{source}只能并入：{kinds}。请另选并入的组织。"
        raise Refused(
            say(text, source=say(KIND_LABELS[source]), kinds=_words(MERGES.get(source, ()))), field="heir"
        )


def require_conversion(source: OrgKind, *, kind: str, mode: str, name: str, now: tuple[str, str]) -> None:
    """Refuse a conversion that changes nothing or is not in the table; `now` are today's mode and name."""
    if kind and kind != source and OrgKind(kind) not in CONVERSIONS.get(source, ()):
        allowed = CONVERSIONS.get(source, ())
        told = {"source": say(KIND_LABELS[source]), "kind": say(KIND_LABELS[OrgKind(kind)])}
        if not allowed:
            text = "{source}不能改为{kind}。它只能改统筹模式或名称。"
            raise Refused(say(text, **told), field="new_kind")
        text = "{source}不能改为{kind}。可以改为：{kinds}。"
        raise Refused(say(text, kinds=_words(allowed), **told), field="new_kind")
    if mode and source is not OrgKind.FEDERATION:
        raise Refused(say("只有工会联合会有统筹模式。请留空。"), field="new_mode")
    changed = (kind and kind != source) or (mode and mode != now[0]) or (name and name != now[1])
    if not changed:
        raise Refused(say("请写明改什么：组织类别、统筹模式或者名称，至少一项和现在不同。"), field="new_name")


def require_founded(source: OrgKind, *, founded: str) -> None:
    """Refuse a new union that a split of this kind does not found."""
    allowed = FOUNDED.get(source, ())
    if founded not in allowed:
        raise Refused(say("分立出来的只能是：{kinds}。", kinds=_words(allowed)), field="new_kind")


def stands_under(kind: OrgKind, *, heir: OrgKind | None) -> bool:
    """Whether a union of this kind may stand under the heir."""
    return heir in PARENTS[kind]


def covers(heir: OrgKind | None) -> bool:
    """Whether the heir covers employers itself; any other keeps them in its register, covered by nobody."""
    return heir in PRIMARY


def common_path(paths: Sequence[str]) -> str:
    """The path of the nearest unit that stands above or is every one of these.

    >>> common_path(["000001000002000003", "000001000002000004"])
    '000001000002'
    """
    first = paths[0]
    for end in range(len(first), 0, -SEGMENT):
        if all(is_within(path, first[:end]) for path in paths):
            return first[:end]
    return ""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a federation is, and from what size on it is not suggested for a merge."""

    employers: int
    members: int | None
    least_employers: int
    least_members: int


def size_hints(size: Size) -> Iterator[Said]:
    """Why a merge is suggested (R-ORG-14); members are told where they are counted.

    >>> [str(hint) for hint in size_hints(Size(4, None, 20, 200))]
    ['覆盖单位 4 家，少于 20 家，建议并入邻近的联合会。']
    """
    if size.employers < size.least_employers:
        text = "覆盖单位 {n} 家，少于 {least} 家，建议并入邻近的联合会。"
        yield say(text, n=size.employers, least=size.least_employers)
    if size.members is not None and size.members < size.least_members:
        text = "会员 {n} 人，少于 {least} 人，建议并入邻近的联合会。"
        yield say(text, n=size.members, least=size.least_members)


def is_carried(*, present: int, votes_for: int, votes_against: int) -> bool:
    """Whether more than half of those present are for it.

    >>> [is_carried(present=10, votes_for=n, votes_against=4) for n in (5, 6, 7)]
    [False, True, False]
    """
    return votes_for * 2 > present and votes_for + votes_against <= present
