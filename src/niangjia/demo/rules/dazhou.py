"""Dazhou town as the page tells it: from start data of B1's shape to a sketch (S-DZ-03, S-DZ-04). Pure."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from niangjia.demo.rules import numbers
from niangjia.demo.rules.sketch import CompositionSketch, EmployerSketch, OrganisationSketch, Sketch
from niangjia.network.rules import EmployerKind, OrgKind

Listed = tuple[str, str, date]


def unions(facts: Mapping[str, Any], *, town: str) -> Sketch:
    """The single unions under the town, the federations, their joint unions and groupings."""
    sketch = Sketch()
    for row in facts["unions"]:
        sketch.organisations.append(
            OrganisationSketch(row["name"], OrgKind.SINGLE, row["name"], row["since"], town)
        )
    for row in facts["federations"]:
        sketch.add(_federation(row, town))
    return sketch


def _federation(row: Mapping[str, Any], town: str) -> Sketch:
    name, since = row["name"], row["since"]
    sketch = Sketch()
    sketch.organisations.append(
        OrganisationSketch(name, OrgKind.FEDERATION, name, since, town, mode=row.get("mode", "area"))
    )
    if "joint" in row:
        joint = OrganisationSketch(row["joint"], OrgKind.JOINT, row["joint"], since, name, composed_on=since)
        sketch.organisations.append(joint)
    for union in row.get("groups", ()):
        sketch.compositions.append(CompositionSketch(name, union, row["groups_since"]))
    return sketch


def listed(facts: Mapping[str, Any]) -> Iterator[Listed]:
    """Which union lists which employer since when, as written, repeats included."""
    for row in facts["unions"]:
        yield row["name"], row["employer"], row["since"]
    for row in facts["federations"]:
        for employer in row.get("employers", ()):
            yield row["joint"], employer, row["since"]


def _share(heads: int, *, place: int, of: int) -> int:
    """The workers of one employer out of all: the first have most, together they stay within `heads`."""
    return heads * (2 * (of - place) + 1) // of**2


def employers(facts: Mapping[str, Any], *, town: str, heads: int) -> list[EmployerSketch]:
    """The employers, each once, with all unions that list it; the earliest union counts."""
    by_name: dict[str, list[tuple[str, date]]] = {}
    for union, name, since in listed(facts):
        by_name.setdefault(name, []).append((union, since))
    return [
        EmployerSketch(
            key=name,
            keeper=town,
            name=name,
            kind=EmployerKind.ENTERPRISE,
            since=min(since for _, since in reach),
            uscc=numbers.credit_code("91", serial),
            headcount=_share(heads, place=serial, of=len(by_name)),
            division=town,
            unions=tuple(sorted(reach, key=lambda one: one[1])),
        )
        for serial, (name, reach) in enumerate(by_name.items(), start=1)
    ]
