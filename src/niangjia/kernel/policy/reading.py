"""Reads the policies of one TOML file; every mistake becomes a line that says file, key and what is wrong."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from niangjia.kernel.errors import BadInput
from niangjia.kernel.periods import Period
from niangjia.kernel.policy.definitions import UNITS, Default, Definition, Level, Text, dim
from niangjia.kernel.policy.kinds import Bounds, Kind, Shape

_KEY = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*")
_MARK = re.compile(r"S|U|I|K\*|K:\d{1,2}")
_FIELDS = {
    "key", "label", "description", "type", "unit", "bounds", "choices", "columns", "levels", "locked", "dims",
    "mark", "rules", "also", "value",
}  # fmt: skip
_VALUE_FIELDS = {"value", "since", "until", "dims", "paper", "verified"}
_COLUMN_FIELDS = {"type", "bounds", "choices", "optional"}
Raw = Mapping[str, object]


class _WrongError(ValueError):
    """One mistake in the place being read."""


def read_file(path: Path, root: Path, problems: list[str]) -> Iterator[Definition]:
    """The sound policies of a file; what is wrong is appended to `problems`.

    The keys of `aid.toml`, and of every file in a directory `aid/`, begin with `aid.`.
    """
    area = path.relative_to(root).parts[0].removesuffix(".toml")
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        problems.append(f"{path.name}: is not TOML: {wrong}")
        return
    for number, raw in enumerate(_entries(entries), 1):
        key = str(raw.get("key", f"policy {number}"))
        try:
            yield _definition(raw, area)
        except (_WrongError, BadInput) as wrong:
            problems.append(f"{path.name}: {key}: {wrong}")


def _entries(entries: Raw) -> Sequence[Raw]:
    found = entries.get("policy", [])
    return [raw for raw in found if isinstance(raw, dict)] if isinstance(found, list) else []


def _definition(raw: Raw, area: str) -> Definition:
    _only(raw, _FIELDS)
    key = _matching(raw, "key", _KEY)
    if not key.startswith(f"{area}."):
        msg = f"the key must begin with {area!r}, the name of its file"
        raise _WrongError(msg)
    shape = _shape(raw)
    dims = _texts(raw, "dims")
    levels = frozenset(_level(name) for name in _texts(raw, "levels"))
    locked = _flag(raw, "locked")
    if locked and levels:
        raise _WrongError("a locked policy cannot name levels that may set it")
    return Definition(
        key=key,
        label=_text(raw, "label"),
        description=_text(raw, "description"),
        shape=shape,
        unit=_unit(raw),
        levels=levels,
        mark=_matching(raw, "mark", _MARK),
        defaults=_defaults(raw, shape, dims),
        locked=locked,
        dims=dims,
        rules=_texts(raw, "rules"),
        also=_texts(raw, "also"),
    )


def _shape(raw: Raw) -> Shape:
    try:
        kind = Kind(str(raw.get("type")))
    except ValueError:
        msg = f"type must be one of {', '.join(Kind)}, not {raw.get('type')!r}"
        raise _WrongError(msg) from None
    columns = raw.get("columns", {})
    if (kind in {Kind.RECORD, Kind.TABLE}) != bool(columns) or not isinstance(columns, dict):
        msg = f"columns belong to records and tables, and to them always; this is a {kind}"
        raise _WrongError(msg)
    choices = _texts(raw, "choices")
    if (kind is Kind.CHOICE) != bool(choices):
        msg = f"choices belong to a choice, and to it always; this is a {kind}"
        raise _WrongError(msg)
    return Shape(
        kind, _bounds(raw, kind), choices, {name: _column(name, column) for name, column in columns.items()},
        _flag(raw, "optional"),
    )  # fmt: skip


def _column(name: str, raw: object) -> Shape:
    if isinstance(raw, str):
        raw = {"type": raw}
    if not isinstance(raw, dict):
        msg = f"column {name!r} must be a type or a table"
        raise _WrongError(msg)
    _only(raw, _COLUMN_FIELDS)
    return _shape(raw)


def _bounds(raw: Raw, kind: Kind) -> Bounds:
    given = raw.get("bounds", {})
    if not isinstance(given, dict) or given.keys() - {"low", "high"}:
        raise _WrongError("bounds are written as { low = ..., high = ... }")
    if given and not kind.is_ordered:
        msg = f"a {kind} has no bounds"
        raise _WrongError(msg)
    single = Shape(Kind.COUNT if kind is Kind.COUNTS else kind)
    read = {side: single.read(value) for side, value in given.items()}
    bounds = Bounds(**read)  # type: ignore[arg-type]
    if len(read) == 2 and bounds.cut(bounds.low) != bounds.low:  # type: ignore[arg-type]  # noqa: PLR2004
        raise _WrongError("bounds: low is above high")
    return bounds


def _defaults(raw: Raw, shape: Shape, dims: tuple[str, ...]) -> tuple[Default, ...]:
    given = raw.get("value")
    if not isinstance(given, list) or not given:
        raise _WrongError("needs at least one [[policy.value]]")
    defaults = tuple(_default(part, shape, dims) for part in given)
    for place, one in enumerate(defaults):
        for other in defaults[:place]:
            if one.dims == other.dims and one.period.overlaps(other.period):
                msg = f"two values are in force on {max(one.period.since, other.period.since)}"
                raise _WrongError(msg)
    return defaults


def _default(raw: object, shape: Shape, dims: tuple[str, ...]) -> Default:
    if not isinstance(raw, dict):
        raise _WrongError("a value is written as [[policy.value]]")
    _only(raw, _VALUE_FIELDS)
    given = raw.get("dims", {})
    strange = sorted(given.keys() - set(dims)) if isinstance(given, dict) else ["dims"]
    if strange:
        msg = f"{strange[0]!r} is not among its dims {list(dims)}"
        raise _WrongError(msg)
    if "value" not in raw:
        raise _WrongError("a value is missing")
    return Default(
        value=shape.read(raw["value"]),
        period=_period(raw),
        paper=_words(raw, "paper"),
        verified=_flag(raw, "verified", must=True),
        dims={name: dim(value) for name, value in given.items()},
    )


def _period(raw: Raw) -> Period:
    since, until = raw.get("since"), raw.get("until")
    if type(since) is not date or (until is not None and type(until) is not date):
        raise _WrongError("since (and until) must be a day such as 2018-01-01")
    try:
        return Period(since, until)
    except ValueError as wrong:
        raise _WrongError(str(wrong)) from None


def _only(raw: Raw, allowed: set[str]) -> None:
    strange = sorted(raw.keys() - allowed)
    if strange:
        msg = f"unknown field {strange[0]!r}"
        raise _WrongError(msg)


def _words(raw: Raw, name: str) -> str:
    given = raw.get(name)
    if not isinstance(given, str) or not given.strip():
        msg = f"{name} is missing"
        raise _WrongError(msg)
    return given


def _matching(raw: Raw, name: str, pattern: re.Pattern[str]) -> str:
    given = _words(raw, name)
    if not pattern.fullmatch(given):
        msg = f"{name} {given!r} does not match {pattern.pattern}"
        raise _WrongError(msg)
    return given


def _text(raw: Raw, name: str) -> Text:
    given = raw.get(name)
    if not isinstance(given, dict) or given.keys() != {"zh", "en"}:
        msg = f"{name} must be given in zh and en"
        raise _WrongError(msg)
    return Text(_words(given, "zh"), _words(given, "en"))


def _texts(raw: Raw, name: str) -> tuple[str, ...]:
    given = raw.get(name, [])
    if not isinstance(given, list) or not all(isinstance(part, str) for part in given):
        msg = f"{name} must be a list of words"
        raise _WrongError(msg)
    return tuple(given)


def _flag(raw: Raw, name: str, *, must: bool = False) -> bool:
    given = raw.get(name)
    if given is None and not must:
        return False
    if not isinstance(given, bool):
        msg = f"{name} must be true or false"
        raise _WrongError(msg)
    return given


def _level(name: str) -> Level:
    try:
        return Level(name)
    except ValueError:
        msg = f"{name!r} is no level: {', '.join(Level)}"
        raise _WrongError(msg) from None


def _unit(raw: Raw) -> str:
    unit = _words(raw, "unit")
    if unit not in UNITS:
        msg = f"unit {unit!r} is not one of {', '.join(UNITS)}"
        raise _WrongError(msg)
    return unit
