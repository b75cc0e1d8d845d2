"""Papers are issued under a number and a code, voided with a reason, replaced by a new one; never changed."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import transaction

from niangjia.kernel import clock, journal, sealing
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.squares import square
from niangjia.kernel.words import say
from niangjia.papers import queries, rules
from niangjia.papers.actions import numbering, printing
from niangjia.papers.actions.storing import keep
from niangjia.papers.models import Paper
from niangjia.papers.permissions import Word
from niangjia.papers.rules import Template
from niangjia.tree import queries as tree

KIND = "papers.paper"


@transaction.atomic
def issue(  # noqa: PLR0913 - a paper has a template, content, number, subject, issuer
    *,
    template: Template,
    values: Mapping[str, object],
    about_kind: str,
    about_id: int,
    unit_id: int,
    by: Actor,
    at: datetime,
    number_series: str = "",
    person_id: int | None = None,
    replaces: Paper | None = None,
) -> Paper:
    """The paper is printed, numbered in the series of its union and year, and kept as it was printed.

    Raises BadInput for values that are missing or cannot be printed; then no number is used up.
    """
    unit = tree.public_unit(unit_id=unit_id)
    by.require(Word.ISSUE, at=unit.path)
    told = _read(template, values)
    day, series = clock.day_of(at), number_series or template.series
    sequence = numbering.next_in(unit_id=unit_id, series=series, year=day.year)
    number = rules.number_of(series=series, unit_id=unit_id, year=day.year, sequence=sequence)
    code = rules.code_from(sealing.blind_index(f"{number} {at.isoformat()}", purpose="papers.code"))
    sheet = _sheet(template, told, union=unit.name, number=number, code=code, day=rules.han_day(day))
    qr = square(queries.check_address(number=number, code=code))
    pdf = printing.printed(file=template.file, told=sheet | {"qr": qr})
    paper = Paper.objects.create(
        unit_id=unit_id,
        template=template.key,
        edition=_edition(template.file),
        title=str(template.title),
        issuer=unit.name,
        series=series,
        year=day.year,
        sequence=sequence,
        number=number,
        code=code,
        about_kind=about_kind,
        about_id=about_id,
        person_id=person_id,
        pdf=keep(body=pdf, unit_id=unit_id, person_id=person_id),
        told=keep(body=_dumped(sheet), unit_id=unit_id, person_id=person_id),
        sha256=hashlib.sha256(pdf).hexdigest(),
        issued_on=day,
        issued_by=by.user_id,
        issued_at=at,
        replaces=replaces,
    )
    return _recorded(paper, by=by, at=at)


def _read(template: Template, values: Mapping[str, object]) -> Mapping[str, object]:
    """The values in words, every sign of them drawable: asked before a number is taken."""
    told = template.read(values)
    printing.require_drawable(printing.texts_in(told=told))
    return told


def _sheet(template: Template, told: Mapping[str, object], **head: str) -> dict[str, Any]:
    """What stands on the paper: its head, the labels of its fields, what was filled in."""
    labels = {item.name: str(item.label) for item in template.fields}
    frame = {"title": str(template.title), "check": queries.check_address()}
    return frame | head | {"labels": labels, "fields": told}


def _recorded(paper: Paper, *, by: Actor, at: datetime) -> Paper:
    about = f"{paper.about_kind}:{paper.about_id}"
    after = {"number": paper.number, "about": about, "sha256": paper.sha256}
    journal.record("issue_paper", by=by, at=at, kind=KIND, object_id=paper.pk, after=after)
    return paper


def _dumped(sheet: Mapping[str, Any]) -> bytes:
    return json.dumps(sheet, ensure_ascii=False).encode()


@cache
def _edition(file: str) -> str:
    """Which writing of the template: the beginning of its fingerprint, kept with every paper."""
    return hashlib.sha256((settings.PACKAGE / file).read_bytes()).hexdigest()[:16]


@transaction.atomic
def reissue(
    *, paper_id: int, template: Template, values: Mapping[str, object], reason: str, by: Actor, at: datetime
) -> Paper:
    """The paper is void, and a new one under a new number stands in its place."""
    old = void_paper(paper_id=paper_id, reason=reason, by=by, at=at)
    return issue(
        template=template,
        values=values,
        number_series=old.series,
        about_kind=old.about_kind,
        about_id=old.about_id,
        unit_id=old.unit_id,
        person_id=old.person_id,
        replaces=old,
        by=by,
        at=at,
    )


@transaction.atomic
def void_paper(*, paper_id: int, reason: str, by: Actor, at: datetime) -> Paper:
    """The paper is no longer valid; whoever checks it is told so. It stays readable."""
    row = queries.paper_in_scope(paper_id=paper_id, scope=by.scope_for(Word.ISSUE), lock=True)
    if row.voided_at is not None:
        raise Refused(say("这份文书已经作废。"))
    if not reason.strip():
        raise BadInput(say("请写明为什么作废。"), field="reason")
    row.voided_by, row.voided_at, row.void_reason = by.user_id, at, reason.strip()
    row.save(update_fields=["voided_by", "voided_at", "void_reason"])
    journal.record("void_paper", by=by, at=at, kind=KIND, object_id=row.pk, reason=row.void_reason)
    return row
