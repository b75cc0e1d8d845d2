"""A sender's own rows with what is wrong with them, to be mended and sent again."""

from collections.abc import Iterator, Sequence
from typing import Any

from niangjia.exchange import queries
from niangjia.exchange.models import Batch, Row
from niangjia.exchange.queries.sealed import RowSeal
from niangjia.exchange.rules.kinds import ImportKind
from niangjia.exchange.rules.verdicts import VERDICT_LABELS, Fate, Verdict
from niangjia.kernel.saying import said_from_json
from niangjia.kernel.sheets.headers import letters
from niangjia.kernel.sheets.writing import NUMBER, TEXT, Book, Heading
from niangjia.kernel.words import Translate


def errors_of(*, batch: Batch, translate: Translate) -> bytes:
    """The rows that were not entered, as they were sent, with the reasons; mended, it can be sent again."""
    kind = queries.import_kind(key=batch.kind)
    places = batch.header.get("places", {})
    headings = [
        Heading(column.label.render(translate), TEXT, column.width)
        for column in kind.columns
        if column.name in places
    ]
    names = [column.name for column in kind.columns if column.name in places]
    more = [Heading(translate("原行号"), NUMBER, 8), Heading(translate("检查结果"), TEXT, 12)]
    book = Book(title=batch.file_name)
    rows = _rejected(batch, kind, [(name, places[name]) for name in names], translate)
    last = Heading(translate("原因"), TEXT, 60)
    book.list(translate("未入册的行"), [*headings, *more, last], rows)
    return book.content()


def _rejected(
    batch: Batch, kind: ImportKind, columns: Sequence[tuple[str, int]], translate: Translate
) -> Iterator[list[Any]]:
    bad = [Verdict.ERROR, Verdict.CONFLICT, Verdict.DUPLICATE]
    rows = Row.objects.filter(batch=batch)
    rows = rows.filter(verdict__in=bad) | rows.filter(fate=Fate.REFUSED)
    labels = {column.name: column.label.render(translate) for column in kind.columns}
    seal = RowSeal(batch)
    for row in rows.order_by("number").iterator(chunk_size=2000):
        told = seal.open(row.content, number=row.number)
        cells = told["cells"]
        shown = [_shown(cells[place]) if place < len(cells) else "" for _, place in columns]
        places = dict(columns)
        reasons = [
            f"{_where(name, places, labels, row.number)}{said_from_json(words).render(translate)}"
            for words, name in told["problems"]
        ]
        if row.words:
            words = seal.open(row.words, number=row.number, part="words")
            reasons.append(said_from_json(words["said"]).render(translate))
        verdict = VERDICT_LABELS[Verdict(row.verdict)].render(translate)
        yield [*shown, row.number, verdict, " ".join(reasons)]


def _where(name: str, places: dict[str, int], labels: dict[str, str], number: int) -> str:
    if name not in places:
        return ""
    return f"{letters(places[name])}{number} {labels[name]}："


def _shown(cell: Any) -> Any:
    if isinstance(cell, dict):
        return cell.get("day", "…")
    return cell if cell is None or (isinstance(cell, int | str) and not isinstance(cell, bool)) else str(cell)
