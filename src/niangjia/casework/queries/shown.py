"""Applications in the shapes of the page furniture; names past the scope only of rows that were admitted."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

from niangjia.aid import rules
from niangjia.aid.permissions import Word
from niangjia.aid.rules import KINDS
from niangjia.campaigns import queries as campaigns
from niangjia.households.permissions import Word as HomeWord
from niangjia.kernel.access import Actor, Reach, Role
from niangjia.kernel.identifiers import mask_name
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Cell, Column, Row, Table
from niangjia.kernel.words import Said, say
from niangjia.people import queries as people
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.aid.models import AidApplication

Told = Mapping[str, Any]
COLUMNS = (
    Column(say("收款人")),
    Column(say("类别")),
    Column(say("申报工会")),
    Column(say("金额（元）"), right=True),
    Column(say("提交日")),
    Column(say("状态")),
)


def address(*, name: str, told: Told, args: Sequence[object] = ()) -> str:
    """A page with what it is narrowed to."""
    kept = {key: value for key, value in told.items() if value not in (None, "")}
    return reverse(name, args=args) + (f"?{urlencode(kept)}" if kept else "")


def knows_names(*, actor: Actor, path: str) -> bool:
    """Whether the names are shown whole: to who works with the family or pays it; above they are masked."""
    return actor.may(HomeWord.READ, at=path) or actor.may(Word.PAY, at=path)


def is_family(*, actor: Actor) -> bool:
    """Whether somebody is here in his own affairs alone."""
    return not actor.everywhere and actor.words.get(Word.READ) in {None, Reach.OWN}


def hears_reasons(*, actor: Actor, path: str) -> bool:
    """Whether the reasons with the family's figures are shown: never to auditors and payers (App. C)."""
    return actor.role != Role.AUD and actor.may(HomeWord.READ, at=path)


def handles(*, actor: Actor, path: str) -> bool:
    """Whether somebody handles the matter: he alone reads words, illness and children's names (SC-12)."""
    return actor.may(HomeWord.KEEP, at=path)


def names_of(*, person_ids: Iterable[int | None]) -> dict[int, str]:
    """Names of persons on rows that were admitted."""
    with beyond():
        found = people.records(person_ids=[one for one in person_ids if one is not None])
        return dict(found.values_list("pk", "name"))


def amount_of(*, row: "AidApplication") -> Yuan | None:
    """What is granted, or as long as nothing is, what is asked for."""
    fen = row.amount_fen if row.amount_fen is not None else row.asked_fen
    return None if fen is None else Yuan(fen)


def state_cell(*, row: "AidApplication") -> Cell:
    """The state by shape and word."""
    return Cell(rules.LABELS[row.state], status=rules.STATUS.get(row.state, "now"))


def rows_of(*, rows: Sequence["AidApplication"], actor: Actor) -> list[Row]:
    """The lines of a list; each leads to its application."""
    names = names_of(person_ids={one for row in rows for one in (row.payee_id, row.student_id)})
    with beyond():
        units = tree.names_of(unit_ids={row.unit_id for row in rows})
        told = campaigns.by_number(numbers=[row.campaign_id for row in rows if row.campaign_id])
    titles = {number: one.name for number, one in told.items()}
    return [_row(row, actor, names, units.get(row.unit_id, ""), titles) for row in rows]


def _row(
    row: "AidApplication", actor: Actor, names: Mapping[int, str], unit: str, campaigns_: Mapping[int, str]
) -> Row:
    whole = knows_names(actor=actor, path=row.path) or row.payee_id == actor.person_id
    name, student = names.get(row.payee_id, "—"), names.get(row.student_id or 0, "")
    child = student if handles(actor=actor, path=row.path) else mask_name(student)
    beside: Said | str = say("学生：{name}", name=child) if student else ""
    cells = [
        Cell(name if whole else mask_name(name), note=beside),
        Cell(KINDS[row.kind], note=campaigns_.get(row.campaign_id or 0, "")),
        unit,
        str(amount_of(row=row) or "—"),
        row.submitted_at.date() if row.submitted_at else "—",
        state_cell(row=row),
    ]
    return Row(cells, href=reverse("aid-application", args=[row.pk]))


def table_of(*, rows: Sequence["AidApplication"], actor: Actor, caption: Said, empty: Said) -> Table:
    """A table of applications."""
    return Table(caption, COLUMNS, rows_of(rows=rows, actor=actor), empty=empty)
