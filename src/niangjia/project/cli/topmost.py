"""The union at the top of a new installation: without it nobody has a place to log in from."""

from datetime import datetime
from typing import Annotated, Any

import typer

from niangjia.project.cli import rooms
from niangjia.project.cli.voice import Exit, Voice, t
from niangjia.project.trouble import Trouble

Union = Annotated[
    str,
    typer.Option(
        "--union",
        metavar="NAME",
        help=t(
            "最上级工会（省总工会）的全称；空库才需要。",
            "Full name of the topmost, provincial union; for an empty register.",
        ),
    ),
]
Place = Annotated[
    str,
    typer.Option("--division", metavar="CODE", help=t("它的行政区划代码，如 33。", "Its division, e.g. 33.")),
]
Founded = Annotated[
    datetime | None,
    typer.Option(
        "--founded", formats=["%Y-%m-%d"], help=t("它的成立日期，如 1950-05-01。", "Its founding day.")
    ),
]


def require_whole(union: str, division: str, founded: datetime | None) -> None:
    """The three are said together or not at all: a founding day is a public fact, never a guess."""
    if bool(union) != bool(division) or bool(union) != bool(founded):
        raise typer.BadParameter(
            t(
                "--union、--division、--founded 须一起写。",
                "--union, --division and --founded go together.",
            )
        )


def found(voice: Voice, *, union: str, division: str, founded: datetime) -> None:
    """The union stands at the top of the register; one that stands there already is left as it is."""
    with rooms.room("django.db.transaction").atomic():
        scoping, access = rooms.room("niangjia.kernel.scoping"), rooms.room("niangjia.kernel.access")
        scoping.enter_scope(access.EVERYWHERE)
        standing = rooms.door("niangjia.tree.queries.units_in_scope")(scope=access.EVERYWHERE)
        top = standing.filter(parent=None).first()
        if top is None:
            made = _found(union, division=division, founded=founded, by=access.SYSTEM)
    if top is None:
        voice.give(top_union=made.pk)
        voice.line(f"✓ 最上级工会：{union}（编号 {made.pk}）", f"✓ topmost union: {union} (id {made.pk})")
        return
    voice.give(top_union=top.pk)
    if top.name != union:
        voice.line(
            f"✗ 最上级已有{top.name}（编号 {top.pk}），没有另建{union}。",
            f"✗ {top.name} (id {top.pk}) stands at the top already; {union} was not founded.",
        )
        voice.end(Exit.REFUSED)
    voice.line(f"✓ 最上级工会已有：{union}", f"✓ topmost union already there: {union}")


def _found(union: str, *, division: str, founded: datetime, by: Any) -> Any:
    clock = rooms.room("niangjia.kernel.clock")
    place = rooms.door("niangjia.tree.queries.division_by_code")(code=division, day=clock.today())
    if place is None:
        raise Trouble(
            zh=f"没有找到区划代码 {division}。省级代码是两位数，如浙江 33。",
            en=f"No division has the code {division}. A province has two digits, such as 33 for Zhejiang.",
        )
    network = rooms.room("niangjia.network.actions")
    provincial = rooms.room("niangjia.network.rules").OrgKind.PROVINCE
    draft = network.OrganisationDraft(
        kind=provincial, name=union, established_on=founded.date(), division_id=place.pk
    )
    return network.found_organisation(draft=draft, parent_id=None, today=clock.today(), by=by, at=clock.now())
