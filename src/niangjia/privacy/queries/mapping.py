"""The data map: what personal data is kept, why, how long, who sees it; generated from the models."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from niangjia.accounts.rules import ROLE_NAMES
from niangjia.kernel import personal
from niangjia.kernel.access import Grant, Role
from niangjia.kernel.personal import LABELS, SENSITIVE, Personal
from niangjia.kernel.policing import value_of
from niangjia.kernel.words import Said, listed, say


@dataclass(frozen=True, slots=True)
class Column:
    """A column that holds personal data."""

    label: str
    kind: Said
    sealed: bool
    sensitive: bool
    stays: Said | None


@dataclass(frozen=True, slots=True)
class Holding:
    """A kind of rows that tell of persons."""

    title: str
    why: Said
    columns: Sequence[Column]
    keep: Said
    erased: Said
    seen_by: Said


def data_map(*, day: date) -> list[Holding]:
    """Every kind of rows that hold personal data, by their titles."""
    grants = import_string(settings.NIANGJIA_GRANTS)
    return sorted((_holding(model, told, day, grants) for model, told in personal.annotated()), key=_title)


def _title(one: Holding) -> str:
    return one.title


def _holding(model: type, told: Personal, day: date, grants: Sequence[Grant]) -> Holding:
    goes = say("整行删除") if told.row_goes else say("内容清空，编号保留，合计不变")
    return Holding(
        title=told.title_of(model),
        why=told.why,
        columns=list(_columns(model, told)),
        keep=_keep(told, day),
        erased=goes,
        seen_by=_readers(told, grants),
    )


def _columns(model: type, told: Personal) -> Iterator[Column]:
    for name, held in told.fields.items():
        field = model._meta.get_field(name)  # type: ignore[attr-defined]  # noqa: SLF001
        label = told.label_of(field)
        yield Column(label, LABELS[held.kind], held.sealed, held.kind in SENSITIVE, held.stays)


def _keep(told: Personal, day: date) -> Said:
    """How long: by the policy, from the day on which the matter ends."""
    value = value_of(key="privacy.retention", unit_id=None, day=day, data_class=told.keep).of(dict)
    n = value["keep"]
    long = {"day": say("{n} 天", n=n), "month": say("{n} 个月", n=n), "year": say("{n} 年", n=n)}[
        value["unit"]
    ]
    if told.ends:
        return say("终结后 {long}，到期自动删除", long=long)
    return say("随人员资料保存，终结后 {long}", long=long)


def _readers(told: Personal, grants: Sequence[Grant]) -> Said:
    """The roles that carry the word, and the person himself."""
    roles = {role for grant in grants if str(grant.word) == told.seen_by for role in grant.roles}
    named = [say(ROLE_NAMES[role]) for role in Role if role in roles and role in ROLE_NAMES]
    return listed([say("本人"), *named])
