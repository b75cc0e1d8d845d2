"""May a union set this value for itself? Every reason against it at once, each with the next step."""

from collections.abc import Iterable, Sequence

from niangjia.kernel.errors import BadInput
from niangjia.kernel.policy.definitions import LEVEL_WORDS, Definition, Level, dim
from niangjia.kernel.policy.kinds import Bounds
from niangjia.kernel.policy.resolving import LocalValue, Standing, stand
from niangjia.kernel.words import Said, listed, say


def validate_local_value(
    definition: Definition,
    proposal: LocalValue,
    *,
    level: Level,
    above: Sequence[int] = (),
    values: Iterable[LocalValue] = (),
) -> tuple[Said, ...]:
    """Why the value may not be set; nothing if it may.

    `above` are the units over the proposing one (nearest first); `values` what is already set by all of them.
    """
    values = [value for value in values if value.key == definition.key]
    standing = stand(definition, proposal.since, above, values, proposal.dims)
    return (
        *_who(definition, level, standing),
        *_paper(proposal),
        *_dims(definition, proposal),
        *(_what(definition, proposal, standing) if _in_order(proposal) else (_WRONG_TIME,)),
        *(_overlaps(proposal, values) if _in_order(proposal) else ()),
    )


def require_local_value(
    definition: Definition,
    proposal: LocalValue,
    *,
    level: Level,
    above: Sequence[int] = (),
    values: Iterable[LocalValue] = (),
) -> None:
    """Refuse, with every reason, a value that may not be set."""
    reasons = validate_local_value(definition, proposal, level=level, above=above, values=values)
    if reasons:
        raise BadInput(*reasons, field="value")


_WRONG_TIME = say("结束日期应晚于开始日期。")


def _in_order(proposal: LocalValue) -> bool:
    return proposal.until is None or proposal.until > proposal.since


def _who(definition: Definition, level: Level, standing: Standing) -> tuple[Said, ...]:
    label = definition.label.said
    if definition.locked:
        return (say("“{label}”由平台统一锁定，各级不能另设。", label=label),)
    if level not in definition.levels:
        return (_not_this_level(definition, level, label),)
    if standing.locked:
        return (say("“{label}”已由上级锁定，如需调整请向上级工会提出。", label=label),)
    return ()


def _not_this_level(definition: Definition, level: Level, label: Said) -> Said:
    may = [LEVEL_WORDS[one] for one in sorted(definition.levels, key=lambda one: one.rank)]
    if not may:
        return say("“{label}”各级都不能另设。", label=label)
    return say(
        "“{label}”不能由{level}一级设定，可以设定的是：{may}。",
        label=label,
        level=LEVEL_WORDS[level],
        may=listed(may),
    )


def _paper(proposal: LocalValue) -> tuple[Said, ...]:
    if proposal.paper.strip():
        return ()
    return (say("请填写依据文件的名称和文号。"),)


def _dims(definition: Definition, proposal: LocalValue) -> tuple[Said, ...]:
    strange = sorted(proposal.dims.keys() - set(definition.dims))
    return tuple(say("这项政策不按“{dim}”区分。", dim=name) for name in strange)


def _what(definition: Definition, proposal: LocalValue, standing: Standing) -> tuple[Said, ...]:
    shape = definition.shape
    try:
        own = proposal.bounds(shape) if shape.kind.is_ordered else Bounds()
        value = None if proposal.value is None else shape.read(proposal.value)
    except BadInput as bad:
        return bad.reasons
    if not shape.kind.is_ordered and (proposal.low is not None or proposal.high is not None):
        return (say("这类值没有上下限，请把上限和下限留空。"),)
    if value is None and own == Bounds() and not proposal.locked:
        return (say("请填写值，或者为下级设定上下限。"),)
    return (*_outside(value, own, standing), *_own_bounds(own, standing))


def _outside(value: object, own: Bounds, standing: Standing) -> tuple[Said, ...]:
    numbers = value if isinstance(value, tuple) else (value,)
    found: list[Said] = []
    for number in numbers:
        if isinstance(number, bool | str | dict) or number is None:
            continue
        above = standing.bounds.complaint(number)
        if above:
            found.append(say("超出上级规定的范围：{why}", why=above))
        elif own.complaint(number):
            found.append(say("值不在您为下级设定的上下限之内。"))
    return tuple(found)


def _own_bounds(own: Bounds, standing: Standing) -> tuple[Said, ...]:
    if own.low is not None and own.high is not None and own.cut(own.low) != own.low:
        return (say("下限不能大于上限。"),)
    given = [bound for bound in (own.low, own.high) if bound is not None]
    complaints = [standing.bounds.complaint(bound) for bound in given]
    return tuple(say("上下限超出上级规定的范围：{why}", why=why) for why in complaints if why)


def _overlaps(proposal: LocalValue, values: Iterable[LocalValue]) -> tuple[Said, ...]:
    dims = {name: dim(value) for name, value in proposal.dims.items()}
    for other in values:
        same = other.unit_id == proposal.unit_id and {n: dim(v) for n, v in other.dims.items()} == dims
        is_itself = proposal.id is not None and other.id == proposal.id
        if same and not is_itself and other.period.overlaps(proposal.period):
            text = "自 {since} 起已有一个值，请先为它填写结束日期，再登记新的值。"
            return (say(text, since=other.since),)
    return ()
