"""What a chunk of rows refers to, found at once: codes in every register, unions and towns in the scope."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from niangjia.exchange.rules.verdicts import Problem
from niangjia.kernel.access import EVERYWHERE, Scope
from niangjia.kernel.identifiers import mask_name
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sheets.cells import folded
from niangjia.kernel.words import Said, say
from niangjia.network import queries, rules

if TYPE_CHECKING:
    from niangjia.network.models import Employer, Organisation

LONGEST_NUMBER = 12


@dataclass(slots=True)
class Found:
    """The register's side of a chunk: asked row by row, without another query."""

    unit_id: int
    scope: Scope
    employers: dict[str, "Employer"] = field(default_factory=dict)
    unions_by_code: dict[str, "Organisation"] = field(default_factory=dict)
    told: dict[str, list["Organisation"]] = field(default_factory=dict)
    coverages: set[tuple[int, int]] = field(default_factory=set)
    full: set[int] = field(default_factory=set)
    named: dict[tuple[int, str], bool] = field(default_factory=dict)

    def holder(self, values: Mapping[str, Any]) -> "Employer | None":
        """The employer of the scope that holds the row's code."""
        known = self.employers.get(values["uscc"] or "")
        return known if known is not None and self.scope.covers(known.path) else None

    def stranger(self, values: Mapping[str, Any]) -> Said | None:
        """Why the code cannot be entered here: a union holds it, or an employer of another register."""
        code = values["uscc"] or ""
        union, known = self.unions_by_code.get(code), self.employers.get(code)
        if union is not None:
            return say("这个代码是工会“{name}”的。单位和工会不能共用代码。", name=union.name)
        if known is None or self.scope.covers(known.path):
            return None
        name = mask_name(known.name) if known.is_merchant else known.name
        words = "已在别处在册：{name}（{keeper}）。请由那里办理，或申请移交。"
        return say(words, name=name, keeper=known.keeper.name)

    def twin(self, values: Mapping[str, Any]) -> Said | None:
        """An employer of the same name in the same register, where the row has no code to tell them apart."""
        if values["uscc"] or (self.keeper(values), values["name"]) not in self.named:
            return None
        return say("这份名册里已有同名的单位。是同一家就不用再登记；不是同一家，请填写代码。")

    def keeper(self, values: Mapping[str, Any]) -> int:
        """The unit in whose register the row will stand."""
        found = self.told.get(values["keeper"] or "", [])
        return found[0].pk if found else self.unit_id

    def union(self, values: Mapping[str, Any]) -> "Organisation | None":
        """The union that covers the row, if one is told."""
        found = self.told.get(values["union"] or "", [])
        return found[0] if found else None

    def covers(self, union: "Organisation", employer: "Employer") -> bool:
        """Whether the union covers the employer now."""
        return (union.pk, employer.pk) in self.coverages

    def problems(self, values: Mapping[str, Any]) -> Iterable[Problem]:
        """What is wrong with the unions that the row names."""
        for column in ("keeper", "union"):
            text = values[column]
            if text and len(self.told.get(text, [])) != 1:
                many = bool(self.told.get(text))
                words = (
                    "有不止一家工会叫“{text}”，请改填编号或代码。"
                    if many
                    else "您的工作范围内没有“{text}”。请核对全称、编号或代码。"
                )
                yield Problem(say(words, text=text), column)
        union = self.union(values)
        if union is None or not self._is_one(values["union"]):
            return
        if union.kind not in rules.PRIMARY:
            kind = say(rules.KIND_LABELS[rules.OrgKind(union.kind)])
            yield Problem(say("{kind}不直接覆盖单位。请填它下面的单建会或联合基层工会。", kind=kind), "union")
        elif union.pk in self.full and self.holder(values) is None:
            yield Problem(say("单建会只覆盖一家单位，它已有一家。请改填联合基层工会。"), "union")

    def _is_one(self, text: str) -> bool:
        return len(self.told.get(text, [])) == 1


def find_all(*, rows: Sequence[Mapping[str, Any]], unit_id: int, scope: Scope, today: date) -> Found:
    """Everything that the rows refer to, in a handful of queries."""
    found = Found(unit_id, scope)
    codes = {row["uscc"] for row in rows if row["uscc"]}
    organisations = queries.organisations_in_scope(scope=scope, filters=queries.Filters(), today=today)
    texts = {text for row in rows for text in (row["keeper"], row["union"]) if text}
    found.told = _organisations(organisations, texts)
    with beyond():
        known = queries.employers_of(scope=EVERYWHERE).filter(uscc__in=codes).select_related("keeper")
        found.employers = {row.uscc: row for row in known}
        every = queries.organisations_in_scope(scope=EVERYWHERE, filters=queries.Filters(), today=today)
        found.unions_by_code = {row.uscc: row for row in every.filter(uscc__in=codes)}
    told = [row for rows_ in found.told.values() for row in rows_]
    unions = [row.pk for row in told if row.kind in rules.PRIMARY]
    now = queries.employers_of(scope=scope).filter(coverages__union__in=unions, coverages__until=None)
    found.coverages = set(now.filter(uscc__in=codes).values_list("coverages__union_id", "pk"))
    singles = [row.pk for row in told if row.kind == rules.OrgKind.SINGLE]
    full = queries.employers_of(scope=scope).filter(coverages__union__in=singles, coverages__until=None)
    found.full = set(full.values_list("coverages__union_id", flat=True)) if singles else set()
    names = {row["name"] for row in rows if not row["uscc"]}
    twins = queries.employers_of(scope=scope).filter(name__in=names) if names else ()
    found.named = {(row.keeper_id, row.name): True for row in twins}
    return found


def _organisations(rows: "QuerySet[Organisation]", texts: set[str]) -> dict[str, list["Organisation"]]:
    """The organisations that each text means: a number, a code, a full name."""
    plain = {text: folded(text).strip().upper() for text in texts}
    numbers = {
        int(text)
        for text in plain.values()
        if text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER
    }
    wanted = Q(name__in=texts) | Q(uscc__in=set(plain.values())) | Q(pk__in=numbers)
    known = list(rows.filter(wanted)) if texts else []
    by_word: dict[str, list[Organisation]] = {}
    for row in known:
        for word in {row.name, row.uscc, str(row.pk)} - {""}:
            by_word.setdefault(word, []).append(row)
    return {text: by_word.get(text) or by_word.get(plain[text], []) for text in texts}
