"""The two files of the check, through the house's exchange: preview, second person, journal, taking back."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from niangjia.exchange.rules.kinds import ExportKind, ImportKind
from niangjia.exchange.rules.verdicts import Entered, FileRow, Judged, Problem, Standing, Verdict
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import BadInput, NiangjiaError
from niangjia.kernel.identifiers import IdKind
from niangjia.kernel.money import Yuan
from niangjia.kernel.sealing import keys_for
from niangjia.kernel.words import Said, say
from niangjia.means import queries, rules
from niangjia.means.actions.checking import Told, enter_answer, take_back_answer
from niangjia.means.permissions import Word
from niangjia.means.rules import Answer, Outcome
from niangjia.people import queries as people
from niangjia.people.rules import Paper, read_paper


class Outgoing:
    """The persons of a batch, with full numbers (exchange's port)."""

    def rows(
        self, asked: Mapping[str, str], *, by: Actor, today: date
    ) -> tuple[int, Iterator[Sequence[Any]]]:
        """The rows of the batch in the address."""
        number = asked.get("batch", "")
        batch = queries.batch_for(batch_id=int(number) if number.isdecimal() else 0, actor=by, word=Word.ASK)
        return queries.persons_of(batch=batch), queries.cells_of(batch=batch)


class Incoming:
    """The answers of civil affairs, one row a person (exchange's port)."""

    def key(self, values: Mapping[str, Any]) -> str:
        """One answer a number and file."""
        return str(values["number"] or "")

    def judge(self, rows: Sequence[FileRow], *, unit_id: int, by: Actor, at: datetime) -> list[Judged]:
        """Whom each row is about, and what it would change."""
        blinds = [_blind(row, day=day_of(at)) for row in rows]
        known = queries.asked_about(blinds=[one for one in blinds if one], scope=by.scope_for(Word.ANSWER))
        return [_judged(row, known.get(blind or b"")) for row, blind in zip(rows, blinds, strict=True)]

    def commit(self, rows: Sequence[FileRow], *, unit_id: int, by: Actor, at: datetime) -> list[Entered]:
        """Each answer is entered by itself."""
        judged = self.judge(rows, unit_id=unit_id, by=by, at=at)
        return [_entered(row, one, by=by, at=at) for row, one in zip(rows, judged, strict=True)]

    def undo(self, rows: Sequence[Standing], *, by: Actor, at: datetime, reason: str) -> list[Said | None]:
        """Answers that nobody touched since are taken away again."""
        return [_undone(row, by=by, at=at, reason=reason) for row in rows]


def _blind(row: FileRow, *, day: date) -> bytes | None:
    try:
        value = read_paper(Paper(IdKind.RESIDENT, str(row.values["number"])), today=day)
    except BadInput:
        return None
    return people.number_index(value=value)


def _judged(row: FileRow, found: Any) -> Judged:
    if found is None:
        words = say("没有等待反馈的这个证件号码。请核对是否属于本批名单。")
        return Judged(Verdict.ERROR, [Problem(words, "number")])
    try:
        answer = _answer(row)
    except BadInput as error:
        return Judged(Verdict.ERROR, [Problem(error.reasons[0], error.field or "")])
    was = queries.answer_in(row=found, keys=keys_for([found.person_id], make=False)) if found.answer else None
    if was == answer:
        return Judged(Verdict.UNCHANGED, target=found.pk, version=found.version)
    if was is None:
        return Judged(Verdict.NEW, target=found.pk, version=found.version)
    changes = {"amount": (str(was.amount), str(answer.amount))}
    return Judged(Verdict.UPDATE, target=found.pk, version=found.version, changes=changes)


def _answer(row: FileRow) -> Answer:
    outcome, amount, on = Outcome(row.values["outcome"]), row.values["amount"], row.values["on"]
    if amount is None and outcome is not Outcome.NOTHING:
        raise BadInput(say("结论不是“查无记录”的，请填写金额。"), field="amount")
    return Answer(outcome, amount or Yuan(0), on)


def _entered(row: FileRow, judged: Judged, *, by: Actor, at: datetime) -> Entered:
    if judged.target is None:
        return Entered(refused=judged.problems[0].words)
    try:
        told = Told(judged.target, judged.version, _answer(row))
        done = enter_answer(told=told, by=by, at=at)
    except NiangjiaError as error:
        return Entered(refused=error.reasons[0])
    return Entered(done.pk, done.version, {})


def _undone(row: Standing, *, by: Actor, at: datetime, reason: str) -> Said | None:
    gone = Answer(Outcome.NOTHING, Yuan(0), day_of(at))
    try:
        take_back_answer(told=Told(row.target, row.version, gone), by=by, at=at, reason=reason)
    except NiangjiaError as error:
        return error.reasons[0]
    return None


CHECK_FILE = ExportKind(
    key="means-check",
    title=say("家庭经济状况核对名单"),
    word=Word.ASK,
    columns=rules.ASKED,
    listing=Outgoing(),
    page="means",
    always_second=True,
)
ANSWER_FILE = ImportKind(
    key="means-answer",
    title=say("家庭经济状况核对结果"),
    word=Word.ANSWER,
    columns=rules.ANSWERED,
    intake=Incoming(),
    back="means",
    note=rules.UNVERIFIED,
)
