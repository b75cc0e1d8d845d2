"""Papers and attachments in the shapes of the page furniture."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.timezone import localtime

from niangjia.kernel.access import Actor
from niangjia.kernel.shapes import Act, Cell, Column, Crumb, Fact, Row, Table
from niangjia.kernel.words import say
from niangjia.papers.models import Paper
from niangjia.papers.permissions import Word
from niangjia.papers.queries import Checked


def standing(row: Paper) -> Cell:
    """Whether the paper is valid, by shape and word."""
    return Cell(say("有效"), status="done") if row.voided_at is None else Cell(say("已作废"), status="stop")


def table(rows: Sequence[Paper]) -> Table:
    """Papers under their columns; each opens its page."""
    heads = (say("文书"), say("编号"), say("出具组织"), say("出具日"), say("是否有效"))
    shown = [
        Row(
            [row.title, row.number, row.issuer, row.issued_on, standing(row)], reverse("paper", args=[row.pk])
        )
        for row in rows
    ]
    empty = say("还没有文书。在组织页面可以出具登记表和名册。")
    return Table(say("文书"), tuple(map(Column, heads)), shown, empty=empty)


def facts(row: Paper) -> list[Fact]:
    """What the paper page tells."""
    told = [
        Fact(say("编号"), row.number),
        Fact(say("校验码"), row.code),
        Fact(say("出具组织"), row.issuer),
        Fact(say("出具日"), row.issued_on),
        Fact(say("是否有效"), standing(row).text),
        Fact(say("PDF 指纹（SHA-256）"), row.sha256),
    ]
    if row.voided_at is not None:
        told += [
            Fact(say("作废时间"), localtime(row.voided_at).strftime("%Y-%m-%d %H:%M")),
            Fact(say("作废事由"), row.void_reason),
        ]
    if row.replaces_id:
        told.append(Fact(say("替换的文书"), say("看原来那一份"), reverse("paper", args=[row.replaces_id])))
    return told


def found_facts(found: Checked) -> list[Fact]:
    """What anybody learns of a paper."""
    return [
        Fact(say("文书"), found.title),
        Fact(say("编号"), found.number),
        Fact(say("出具组织"), found.issuer),
        Fact(say("出具日"), found.issued_on),
        Fact(say("PDF 指纹（SHA-256）"), found.sha256),
    ]


def crumbs(row: Paper) -> list[Crumb]:
    """The way to the paper."""
    return [Crumb(say("文书"), reverse("papers")), Crumb(row.number)]


def acts(row: Paper, actor: Actor, *, has_word: bool) -> list[Act]:
    """Download and print first; void, where the post may."""
    offered = [Act(say("下载 PDF 打印"), reverse("paper-pdf", args=[row.pk]), "printer", "primary")]
    if has_word:
        offered.append(Act(say("下载 Word 文件"), reverse("paper-word", args=[row.pk]), "file-text"))
    if row.voided_at is None and actor.may(Word.ISSUE, at=row.path):
        offered.append(Act(say("作废"), reverse("paper-void", args=[row.pk]), "x"))
    return offered
