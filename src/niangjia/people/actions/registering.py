"""A person is registered once, corrected with a version check, given papers, numbers and outside posts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from niangjia.kernel import journal
from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.errors import NotVisible, Refused
from niangjia.kernel.identifiers import Mobile, PersonalId, Sex, parse_mobile, parse_name, parse_people
from niangjia.kernel.models import JournalLine
from niangjia.kernel.sealing import Keys, keys_for
from niangjia.kernel.versions import Overtaken
from niangjia.kernel.words import say
from niangjia.people import queries, rules
from niangjia.people.models import Contact, IdentityDocument, OutsidePost, Person
from niangjia.people.permissions import Word
from niangjia.tree import queries as tree

Row = TypeVar("Row")
KIND = "people.person"


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """What is told of a person; what the number tells by itself need not be typed (R-G-07)."""

    name: str
    sex: Sex | None = None
    born: date | None = None
    ethnicity: str = ""
    deceased_on: date | None = None


@transaction.atomic
def register_person(  # noqa: PLR0913 - one act
    *,
    draft: PersonDraft,
    keeper_id: int,
    paper: rules.Paper | None = None,
    mobile: str = "",
    today: date,
    by: Actor,
    at: datetime,
) -> Person:
    """The person stands in the register, kept by a union; without a paper he is provisional (R-G-01).

    Raises BadInput for what cannot be read, Refused if the number is registered already, NotVisible for a
    keeper outside the scope.
    """
    scope = by.scope_for(Word.REGISTER)
    keeper = tree.unit_in_scope(unit_id=keeper_id, scope=scope)
    by.require(Word.REGISTER, at=keeper.path)
    value = _read(paper, draft=draft, today=today, scope=scope, by=by) if paper else None
    columns = columns_of(draft=draft, value=value)
    person = Person.objects.create(keeper=keeper, path=keeper.path, created_at=at, **columns)
    if paper and value:
        _keep_paper(person, paper=paper, value=value, since=today)
    if mobile:
        _keep_mobile(person, mobile=parse_mobile(mobile), since=today)
    after = {"paper": paper.kind if paper else None, "mobile": bool(mobile), "keeper": keeper.pk}
    journal.record(
        "register_person", by=by, at=at, kind=KIND, object_id=person.pk, person_id=person.pk, after=after
    )
    return person


@transaction.atomic
def correct_person(
    *, person_id: int, version: int, draft: PersonDraft, by: Actor, at: datetime, reason: str
) -> Person:
    """The person's facts are those of the draft; the reason is kept. A stale version says what changed."""
    person = _locked(person_id, word=Word.CORRECT, by=by)
    if person.version != version:
        line = JournalLine.objects.filter(kind=KIND, object_id=person.pk).order_by("-id").first()
        raise Overtaken(line, version=person.version, model=Person)
    columns = columns_of(draft=draft, value=None) | {"deceased_on": draft.deceased_on}
    changed = sorted(name for name, value in columns.items() if getattr(person, name) != value)
    Person.objects.filter(pk=person.pk).update(**columns, version=F("version") + 1)
    after = {"changed": changed}
    journal.record(
        "correct_person", by=by, at=at, kind=KIND, object_id=person.pk, person_id=person.pk, after=after,
        reason=reason,
    )  # fmt: skip
    person.refresh_from_db()
    return person


@transaction.atomic
def add_document(
    *, person_id: int, paper: rules.Paper, since: date, today: date, by: Actor, at: datetime
) -> IdentityDocument:
    """The person bears this paper from a day; the last of its kind ends, its number stays known (D-20)."""
    person = _locked(person_id, word=Word.CORRECT, by=by)
    told = PersonDraft(person.name, Sex(person.sex) if person.sex else None, person.birth_date)
    value = _read(paper, draft=told, today=today, scope=by.scope_for(Word.CORRECT), by=by)
    earlier = IdentityDocument.objects.filter(person=person, kind=paper.kind, until=None)
    if earlier.filter(since__gte=since).exists():
        raise Refused(say("新证件的启用日期要晚于旧证件的启用日期。请核对日期。"), field="since")
    earlier.update(until=since)
    document = _keep_paper(person, paper=paper, value=value, since=since)
    after = {"kind": paper.kind, "since": since.isoformat(), "matchable": value.matchable}
    journal.record(
        "add_document", by=by, at=at, kind=KIND, object_id=person.pk, person_id=person.pk, after=after
    )
    return document


@transaction.atomic
def add_contact(*, person_id: int, mobile: str, since: date, by: Actor, at: datetime) -> Contact:
    """The person uses this mobile number from a day on; earlier ones end (a code goes to one number)."""
    person = _locked(person_id, word=Word.CORRECT, by=by)
    number = parse_mobile(mobile)
    current = Contact.objects.filter(person=person, until=None)
    known = current.filter(blind=queries.mobile_index(mobile=number)).first()
    if known is not None:
        return known
    current.filter(since__gte=since).delete()
    current.update(until=since)
    contact = _keep_mobile(person, mobile=number, since=since)
    journal.record("add_contact", by=by, at=at, kind=KIND, object_id=person.pk, person_id=person.pk)
    return contact


@transaction.atomic
def add_outside_post(
    *, person_id: int, title: str, since: date, until: date | None = None, by: Actor, at: datetime
) -> OutsidePost:
    """The person holds a post outside the union, dated (R-PG-15)."""
    person = _locked(person_id, word=Word.CORRECT, by=by)
    if not title.strip():
        raise Refused(say("请填写职务名称，例如“镇党委副书记”。"), field="title")
    post = OutsidePost.objects.create(person=person, title=title.strip(), since=since, until=until)
    after = {"post": post.pk}
    journal.record(
        "add_outside_post", by=by, at=at, kind=KIND, object_id=person.pk, person_id=person.pk, after=after
    )
    return post


def confirm_mobile(*, person_id: int, mobile: Mobile, at: datetime) -> None:
    """The bearer has answered a code sent to the number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT people_confirm_mobile(%s, %s, %s)", [person_id, queries.mobile_index(mobile=mobile), at]
        )


def _read(paper: rules.Paper, *, draft: PersonDraft, today: date, scope: Scope, by: Actor) -> PersonalId:
    rules.require_voucher(paper.exception, acting=by.user_id)
    value = rules.read_paper(paper, today=today, sex=draft.sex, born=draft.born)
    holder = queries.holder_of(value=value, scope=scope)
    if holder is not None:
        raise Refused(rules.already_registered(holder), field="id_no")
    return value


def columns_of(*, draft: PersonDraft, value: PersonalId | None) -> dict[str, object]:
    """The columns of a person: what was told, completed by what the number tells (R-G-07)."""
    name = parse_name(draft.name)
    keys = rules.keys_of(name)
    sex = draft.sex or (value.sex if value else None)
    return {
        "name": name.printed,
        "name_key": keys.key,
        "pinyin": keys.pinyin,
        "initials": keys.initials,
        "sex": str(sex or ""),
        "birth_date": draft.born or (value.born if value else None),
        "ethnicity": parse_people(draft.ethnicity) if draft.ethnicity else "",
    }


def paper_columns(
    *, person_id: int, paper: rules.Paper, value: PersonalId, since: date, keys: Keys
) -> dict[str, Any]:
    """The columns of a paper: its number sealed, its blind index and tail, and what was found in it."""
    table, vouched = "people_identitydocument", paper.exception if not value.matchable else None
    alias = value.alias and keys.seal(value.alias, table=table, person_id=person_id, field="alias_sealed")
    return {
        "person_id": person_id,
        "kind": paper.kind,
        "sealed": keys.seal(value.number, table=table, person_id=person_id, field="sealed"),
        "alias_sealed": alias or None,
        "blind": queries.number_index(value=value),
        "tail": rules.tail_of(value.number),
        "findings": [{"code": finding.code, "level": finding.level} for finding in value.findings],
        "matchable": value.matchable,
        "scan_sha256": vouched.scan_sha256 if vouched else "",
        "seen_by": vouched.seen_by if vouched else None,
        "confirmed_by": vouched.confirmed_by if vouched else None,
        "since": since,
    }


def mobile_columns(*, person_id: int, mobile: Mobile, since: date, keys: Keys) -> dict[str, Any]:
    """The columns of a mobile: sealed, with its blind index and tail."""
    sealed = keys.seal(mobile.e164, table="people_contact", person_id=person_id, field="sealed")
    blind, tail = queries.mobile_index(mobile=mobile), rules.tail_of(mobile.national)
    return {"person_id": person_id, "sealed": sealed, "blind": blind, "tail": tail, "since": since}


def _keep_paper(person: Person, *, paper: rules.Paper, value: PersonalId, since: date) -> IdentityDocument:
    keys = keys_for([person.pk])
    told = paper_columns(person_id=person.pk, paper=paper, value=value, since=since, keys=keys)
    return _or_registered_meanwhile(lambda: _saved(IdentityDocument(**told)))


def _saved(document: IdentityDocument) -> IdentityDocument:
    document.save(force_insert=True)
    return document


def _keep_mobile(person: Person, *, mobile: Mobile, since: date) -> Contact:
    columns = mobile_columns(person_id=person.pk, mobile=mobile, since=since, keys=keys_for([person.pk]))
    return Contact.objects.create(**columns)


def _or_registered_meanwhile(write: Callable[[], Row]) -> Row:
    """Two clerks at once: the database lets one in; the other is told gently (D-1)."""
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as error:
        if "document_number_once" not in str(error):
            raise
        raise Refused(
            say("这个证件号码刚刚已由别人登记。请查询后在已有资料上补充。"), field="id_no"
        ) from error


def _locked(person_id: int, *, word: Word, by: Actor) -> Person:
    visible = queries.person_in_scope(person_id=person_id, scope=by.scope_for(word))
    by.require(word, at=visible.path)
    person = Person.objects.select_for_update().filter(pk=visible.pk).first()
    if person is None:
        raise NotVisible
    return person
