"""A person in the shapes of the page furniture: numbers by their tails only."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localtime

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.identifiers import IdKind, Sex
from niangjia.kernel.shapes import Act, Cell, Column, Crumb, Event, Fact, Row, Table, Text
from niangjia.kernel.versions import authors_of, lines_of
from niangjia.kernel.words import Said, listed, say
from niangjia.people import queries, rules
from niangjia.people.permissions import Word

if TYPE_CHECKING:
    from niangjia.people.models import Contact, IdentityDocument, Person

if TYPE_CHECKING:
    from niangjia.registry.forms import RegisterForm

LINES = 12
ACCOUNT = "payments.account"
"""The word of the app above that keeps where a person is paid; its page is found by its name."""
VERBS = {
    "register_person": say("登记了这个人"),
    "correct_person": say("更正了资料"),
    "add_document": say("登记了证件"),
    "add_contact": say("登记了手机号"),
    "add_outside_post": say("登记了工会外职务"),
    "reveal_document": say("查看了完整证件号码"),
    "reveal_contact": say("查看了完整手机号"),
    "reveal_account": say("查看了完整收款账号"),
    "merge_person": say("并入了一份重复登记的资料"),
    "unmerge_person": say("拆分了并入的资料"),
}


def crumbs(row: "Person", *here: Text) -> list[Crumb]:
    """The way to a person, and on to a form about him."""
    way = [Crumb(say("查找人员"), reverse("find-person"))]
    if not here:
        return [*way, Crumb(row.name)]
    return [*way, Crumb(row.name, reverse("person", args=[row.pk])), *(Crumb(word) for word in here)]


def facts(row: "Person", *, day: date, actor: Actor) -> list[Fact]:
    """What is known; the day of birth stands in full only for those who may correct it."""
    born: object = row.birth_date or "—"
    if row.birth_date and not actor.may(Word.CORRECT, at=row.path):
        born = say("{year} 年", year=row.birth_date.year)
    real = queries.is_real_name(person=row, day=day)
    told = (
        (say("姓名"), row.name),
        (say("性别"), say(rules.SEXES[Sex(row.sex)]) if row.sex else "—"),
        (say("出生日期"), born),
        (say("民族代码"), row.ethnicity or "—"),
        (say("登记组织"), queries.keeper_name(person=row)),
        (say("实名"), say("已实名") if real else say("尚未登记证件，为暂录")),
        (say("登记时间"), row.created_at),
        *([(say("去世日"), row.deceased_on)] if row.deceased_on else []),
    )
    return [Fact(term, value) for term, value in told]


def documents(row: "Person", *, may_reveal: bool) -> Table:
    """A person's papers by their tails; the full number is one asked-for step away."""
    return _numbers(
        say("证件"),
        [(say(rules.ID_KINDS[IdKind(paper.kind)]), paper) for paper in queries.documents_of(person=row)],
        road="reveal-document" if may_reveal else "",
        empty=say("还没有登记证件。"),
    )


def contacts(row: "Person", *, day: date, may_reveal: bool) -> Table:
    """A person's mobiles by their tails."""
    words = {True: say("已验证"), False: say("未验证")}
    return _numbers(
        say("手机号"),
        [(words[one.verified_at is not None], one) for one in queries.contacts_of(person=row, day=day)],
        road="reveal-contact" if may_reveal else "",
        empty=say("还没有登记手机号。"),
    )


def _numbers(
    caption: Text, rows: "list[tuple[Text, IdentityDocument | Contact]]", *, road: str, empty: Text
) -> Table:
    heads = [say("类别"), say("号码"), say("起"), say("止"), *([say("办理")] if road else [])]
    return Table(
        caption=caption,
        columns=[Column(head) for head in heads],
        rows=[
            Row((word, say("尾号 {tail}", tail=one.tail), one.since, one.until or "—", *_reveals(road, one)))
            for word, one in rows
        ],
        empty=empty,
    )


def _reveals(road: str, row: "IdentityDocument | Contact") -> tuple[Cell, ...]:
    return (Cell(say("查看完整号码"), href=reverse(road, args=[row.person_id, row.pk])),) if road else ()


def found(rows: "Sequence[Person]") -> Table:
    """Several who share one mobile."""
    return Table(
        caption=say("这个手机号有几个人在用"),
        columns=(Column(say("姓名")), Column(say("登记组织"))),
        rows=[
            Row((row.name, queries.keeper_name(person=row)), href=reverse("person", args=[row.pk]))
            for row in rows
        ],
    )


def acts(row: "Person", *, actor: Actor) -> list[Act]:
    """The buttons of the page."""
    told = []
    if actor.may(Word.CORRECT, at=row.path):
        told.append(Act(say("更正资料"), reverse("correct-person", args=[row.pk]), "pencil", "primary"))
    if actor.may(ACCOUNT, at=row.path):
        told.append(Act(say("收款账户"), reverse("person-account", args=[row.pk])))
    return told


def events(row: "Person") -> list[Event]:
    """What the journal tells of a person, newest first."""
    lines = lines_of(kind="people.person", object_ids=[row.pk], limit=LINES)
    who = authors_of(lines)
    return [
        Event(
            localtime(line.at),
            who.get(line.user_id, "—"),
            VERBS.get(line.verb, say("办理了一步")),
            line.reason,
        )
        for line in lines
    ]


def warn_of_alike(
    form: "RegisterForm", found: Sequence[rules.Alike], *, paper: rules.Paper | None, day: date
) -> None:
    """Raises Refused, saying who may be the same person; the clerk ticks that he has looked, and saves.

    A number that cannot be read is told with it: its bearer may stand there under the right one.
    """
    if not found:
        return
    told = tuple(map(_alike, found))
    try:
        if paper:
            rules.read_paper(paper, today=day)
    except BadInput as error:
        raise Refused(*error.reasons, *told, field="number") from error
    form.ask_to_check()
    raise Refused(*told, field="checked")


def _alike(one: rules.Alike) -> Said:
    return say(
        "可能已有登记：在“{keeper}”有一人，{agrees}。请先核对，不要重复登记。",
        keeper=one.keeper,
        agrees=listed(one.agrees),
    )
