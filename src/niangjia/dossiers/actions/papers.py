"""Steps that leave a paper behind, filled in from what is known: nothing is typed again (R-G-07)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from niangjia.dossiers import rules as forms
from niangjia.hardship import actions, queries, rules
from niangjia.hardship.permissions import Word
from niangjia.households import queries as homes
from niangjia.households import rules as home_rules
from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.identifiers import Sex
from niangjia.kernel.money import Yuan
from niangjia.kernel.periods import age_on
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import listed, say
from niangjia.members import queries as members
from niangjia.papers import actions as papers
from niangjia.papers import queries as papers_queries
from niangjia.papers.rules import Template
from niangjia.people import queries as people
from niangjia.people.rules import SEXES

if TYPE_CHECKING:
    from niangjia.hardship.models import NeedyWorkerFile
    from niangjia.papers.models import Paper


@transaction.atomic
def enter_file(*, file_id: int, version: int, by: Actor, at: datetime) -> "NeedyWorkerFile":
    """The file is in force; 困难职工档案表 is printed, a copy for the family (R-AID-03)."""
    row = actions.enter_file(file_id=file_id, version=version, by=by, at=at)
    with beyond():
        issue_form(row=row, by=by, at=at)
    return row


@transaction.atomic
def print_form(*, file_id: int, by: Actor, at: datetime) -> "Paper":
    """The form once more, as the file stands now; the copy before is void."""
    row = queries.file_for(file_id=file_id, actor=by, word=Word.READ)
    by.require(Word.READ, at=row.path)
    with beyond():
        return issue_form(row=row, by=by, at=at)


@transaction.atomic
def finish_review(*, file_id: int, version: int, words: str, by: Actor, at: datetime) -> "NeedyWorkerFile":
    """The yearly review is over; 年度复核表 tells what changed since the decision before."""
    row = queries.file_for(file_id=file_id, actor=by)
    was, basis = row.category, queries.latest_of(row=row)
    with beyond():
        changes = queries.differences_of(row=row, decision=basis) if basis else []
    row = actions.finish_review(file_id=file_id, version=version, words=words, by=by, at=at)
    with beyond():
        issue_review(row=row, was=was, changes=changes, by=by, at=at)
    return row


@transaction.atomic
def confirm_end(*, file_id: int, version: int, words: str = "", by: Actor, at: datetime) -> "NeedyWorkerFile":
    """The file ends; 脱困/注销表 says why, and who proposed and confirmed it."""
    row = actions.confirm_end(file_id=file_id, version=version, words=words, by=by, at=at)
    with beyond():
        issue_end(row=row, by=by, at=at)
    return row


def issue_form(*, row: "NeedyWorkerFile", by: Actor, at: datetime) -> "Paper":
    """困难职工档案表: everything that the office keeps on paper, from the file."""
    home = row.household
    facts = homes.facts_of(household=home) if home else {None: {}}
    told = queries.told_of(decision=decision) if (decision := queries.latest_of(row=row)) else {}
    numbers = told.get("numbers", {})
    values = {
        **_head(row),
        **_person(row, at=at),
        **_house(facts[None]),
        "level": rules.LEVELS[row.level],
        "category": _category(row.category),
        "income": str(Yuan(numbers.get("income", 0))),
        "income_capital": Yuan(numbers.get("income", 0)).capital(),
        "burden": str(Yuan(numbers.get("burden", 0))),
        "per_head": str(Yuan(numbers.get("per_head") or 0)),
        "members": _members(row, facts, at=at),
        "visit": _visit(row),
        "check": _check(row),
        "notice": _notice(row),
        "first_words": row.first_words,
        "town_words": row.town_words,
        "county_words": row.county_words,
        "reasons": _reasons(told),
        "approved_on": row.approved_on,
        "review_due": row.review_due_on,
    }
    return _issue(forms.FILE_FORM, values, row, by=by, at=at)


def issue_end(*, row: "NeedyWorkerFile", by: Actor, at: datetime) -> "Paper":
    """脱困/注销表, of the confirming union."""
    values = {
        **_head(row),
        "category": _category(row.category),
        "since": row.approved_on,
        "end": str(say("脱困")) if row.state == rules.State.LIFTED else str(say("注销")),
        "cause": rules.ENDS[row.proposed_cause],
        "why": row.proposed_why,
        "town": row.proposed_unit.name if row.proposed_unit else "—",
        "county": by.unit_name or row.keeper.name,
        "day": clock.day_of(at),
    }
    return _issue(forms.ENDED, values, row, by=by, at=at)


def issue_review(
    *, row: "NeedyWorkerFile", was: str, changes: Sequence[queries.Difference], by: Actor, at: datetime
) -> "Paper":
    """年度复核表: what changed since the decision before, and what came of it."""
    decision = queries.latest_of(row=row)
    told = queries.told_of(decision=decision) if decision else {}
    values = {
        **_head(row),
        "before": _category(was),
        "after": _category(row.category),
        "changes": [[str(one.label), str(one.before or ""), str(one.after or "")] for one in changes],
        "reasons": _reasons(told),
        "words": row.town_words,
        "next_on": row.review_due_on,
        "day": clock.day_of(at),
    }
    return _issue(forms.REVIEWED, values, row, by=by, at=at)


def _issue(
    template: Template, values: Mapping[str, object], row: "NeedyWorkerFile", *, by: Actor, at: datetime
) -> "Paper":
    """The paper of the acting union; one of the same kind that was issued before is void."""
    about = papers_queries.papers_about(about_kind=rules.KIND, about_id=row.pk, scope=EVERYWHERE)
    old = about.filter(template=template.key, voided_at=None).first()
    if old is not None and template is forms.FILE_FORM:
        reason = str(say("档案有变化，重新出具"))
        return papers.reissue(paper_id=old.pk, template=template, values=values, reason=reason, by=by, at=at)
    return papers.issue(
        template=template, values=values, about_kind=rules.KIND, about_id=row.pk,
        unit_id=by.unit_id or row.keeper_id, person_id=row.worker_id, by=by, at=at,
    )  # fmt: skip


def _head(row: "NeedyWorkerFile") -> dict[str, object]:
    return {"number": row.number, "worker": queries.name_of(row=row), "unit": row.keeper.name}


def _category(code: str) -> str:
    return str(rules.CATEGORY_WORDS[rules.Category(code)]) if code else "—"


def _person(row: "NeedyWorkerFile", *, at: datetime) -> dict[str, object]:
    """Of the number only the tail: the full one stands in the register, whose reveal is journalled (SC-6)."""
    person, day = row.worker, clock.day_of(at)
    if person is None:
        return {}
    paper = people.documents_of(person=person).first()
    member = members.counting_now(person_id=person.pk, day=day)
    employer = member.employer if member else None
    return {
        "sex": SEXES[Sex(person.sex)] if person.sex else "",
        "age": str(age_on(person.birth_date, day)) if person.birth_date else "",
        "id_number": str(say("尾号 {tail}", tail=paper.tail)) if paper else "",
        "work": employer.name if employer else "",
    }


def _house(told: Mapping[str, home_rules.Value]) -> dict[str, object]:
    def shown(key: str) -> str:
        fact = home_rules.BY_KEY[key]
        return str(queries.shown(fact=fact, value=told.get(key)) or "")

    kinds = {"single_parent": say("单亲家庭"), "zero_employment": say("零就业家庭")}
    holds = [words for key, words in kinds.items() if told.get(key) is True]
    area = shown("housing_area")
    return {
        "phone": shown("phone"),
        "residence": shown("residence"),
        "main_cause": shown("main_cause"),
        "secondary_cause": shown("secondary_cause"),
        "housing": shown("housing_type") + (str(say("，{area} 平方米", area=area)) if area else ""),
        "household_kind": str(listed(holds or [say("一般家庭")])),
        "story": shown("remarks"),
    }


def _members(
    row: "NeedyWorkerFile", facts: Mapping[int | None, Mapping[str, home_rules.Value]], *, at: datetime
) -> list[Sequence[str]]:
    if row.household is None:
        return []
    day = clock.day_of(at)
    found: list[Sequence[str]] = []
    for one in homes.members_of(household=row.household):
        told = facts.get(one.number, {})
        words = [
            str(queries.shown(fact=home_rules.MEMBER_BY_KEY[key], value=told.get(key)) or "")
            for key in ("health", "identity", "income_month", "school")
        ]
        age = str(age_on(one.born, day)) if one.born else ""
        found.append([one.name, home_rules.RELATIONS[one.relation], age, *words])
    return found


def _visit(row: "NeedyWorkerFile") -> str:
    if row.visit is None:
        return ""
    names = listed(list(row.visit.visitors.order_by("pk").values_list("name", flat=True)))
    day = clock.day_of(row.visit.visited_at)
    return str(say("{day}入户走访，情况属实。走访人：{names}。", day=day, names=names))


def _check(row: "NeedyWorkerFile") -> str:
    check = row.check_made
    if check is None or check.answered_at is None:
        return ""
    return str(say("民政部门 {day} 反馈。", day=clock.day_of(check.answered_at)))


def _notice(row: "NeedyWorkerFile") -> str:
    notice = row.notice
    if notice is None:
        return ""
    text = "自 {since} 起公示 {days} 个工作日，期满无异议或者异议已办结。"
    return str(say(text, since=notice.starts_on, days=notice.workdays))


def _reasons(told: Mapping[str, object]) -> list[Sequence[str]]:
    return [[one.rule, str(one.words), str(one.paper or "")] for one in queries.reasons_in(told=told)]
