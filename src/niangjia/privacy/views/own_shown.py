"""One's own record in the shapes of the page furniture."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from niangjia.kernel.identifiers import Sex
from niangjia.kernel.shapes import Act, Event, Fact
from niangjia.kernel.words import Said, listed, say
from niangjia.people import queries, rules
from niangjia.people.rules import consenting, rights

if TYPE_CHECKING:
    from niangjia.people.models import Person

SHAPES = {"open": "now", "granted": "done", "refused": "stop", "taken_back": "todo"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A purpose as it is asked: its text, since when it is consented to, and where the button leads."""

    label: Said
    text: Said
    since: datetime | None
    how: Said | None
    sensitive: bool
    href: str


def page(person: "Person", *, day: date) -> dict[str, Any]:
    """The context of the page."""
    return {
        "facts": _facts(person, day=day),
        "requests": _requests(person),
        "looks": [_event(look) for look in queries.looks_at(person_id=person.pk)],
        "consents": queries.consents_of(person=person).filter(withdrawn_at=None).count(),
        "acts": [Act(say("申请更正或删除"), reverse("make-request"), "pencil")],
    }


def _facts(person: "Person", *, day: date) -> list[Fact]:
    rows = queries.documents_of(person=person).filter(until=None)
    papers = [rules.said_paper(row.kind, row.tail) for row in rows]
    mobiles = [say("尾号 {tail}", tail=row.tail) for row in queries.contacts_of(person=person, day=day)]
    sex = say(rules.SEXES[Sex(person.sex)]) if person.sex else "—"
    return [
        Fact(say("姓名"), person.name),
        Fact(say("性别"), sex),
        Fact(say("出生日期"), person.birth_date or "—"),
        Fact(say("证件"), listed(papers)),
        Fact(say("手机号"), listed(mobiles)),
        Fact(say("登记组织"), queries.keeper_name(person=person)),
    ]


def _requests(person: "Person") -> list[dict[str, Any]]:
    """What was asked, its state and answer, and the way to take it back while it is open."""
    return [
        {
            "kind": rights.KINDS[row.kind],
            "about": rights.ABOUT.get(row.about, ""),
            "wish": queries.wish_of(row=row),
            "at": row.made_at,
            "state": rights.REQUESTS.labels[row.state],
            "shape": SHAPES[row.state],
            "answer": row.answer,
            "take_back": reverse("take-back-request", args=[row.pk]) if row.state == "open" else "",
        }
        for row in queries.requests_of(person=person)[:20]
    ]


def _event(look: queries.Look) -> Event:
    note = say("用途：{purpose}（{words}）", purpose=look.purpose, words=look.words) if look.words else ""
    return Event(look.at, look.unit or say("本人或系统"), look.what, note)


def purposes(person: "Person") -> list[Asked]:
    """Every purpose that is asked for, with the person's standing consent."""
    standing = {row.purpose: row for row in queries.consents_of(person=person).filter(withdrawn_at=None)}
    return [_asked(one, standing.get(code)) for code, one in consenting.PURPOSES.items()]


def _asked(one: consenting.Purpose, kept: Any) -> Asked:
    road = "withdraw-consent" if kept else "give-consent"
    return Asked(
        label=one.label,
        text=one.text(kept.text_version if kept else one.version),
        since=kept.given_at if kept else None,
        how=consenting.HOW[kept.how] if kept else None,
        sensitive=one.sensitive,
        href=reverse(road, args=[one.code]),
    )
