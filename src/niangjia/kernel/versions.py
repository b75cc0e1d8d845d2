"""Two people open one record: the second to save sees what changed meanwhile, and by whom (ui.md B9)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import DateField, F, Field, Model, QuerySet

from niangjia.kernel.errors import NotVisible, Stale
from niangjia.kernel.models import JournalLine
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import Said, listed, say


class Overtaken(Stale):
    """Somebody saved first; `version` is what stands now, so that the reader can decide and save again."""

    def __init__(self, line: JournalLine | None, *, version: int, model: type[Model]) -> None:
        who = authors_of([line] if line else []).get(line.user_id if line else None, "—")
        super().__init__(
            say(
                "这条记录刚刚被 {who} 改过（{told}），您的改动还没有保存。核对后再提交一次，就按您填的保存。",
                who=who,
                told=told_of(line.after if line else {}, model=model),
            )
        )
        self.version = version
        self.line = line


def save_changes(
    rows: QuerySet[Any], *, pk: int, version: int, kind: str, columns: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The row holds these columns and a new version; returns what changed, before and after.

    Raises Overtaken if the version is not the one that stands, NotVisible if the row is out of reach.
    """
    row: Model | None = rows.filter(pk=pk).select_for_update().first()
    if row is None:
        raise NotVisible
    if version != row.version:  # type: ignore[attr-defined]
        line = JournalLine.objects.filter(kind=kind, object_id=pk).order_by("-id").first()
        raise Overtaken(line, version=row.version, model=rows.model)  # type: ignore[attr-defined]
    changed = {name: value for name, value in columns.items() if getattr(row, name) != value}
    before = _plain({name: getattr(row, name) for name in changed})
    if changed:
        rows.filter(pk=pk).update(**changed, version=F("version") + 1)
    return before, _plain(changed)


def touch(rows: QuerySet[Any], *, pk: int) -> None:
    """The row has changed otherwise than by its own form: forms opened before are stale."""
    rows.filter(pk=pk).update(version=F("version") + 1)


def lines_of(*, kind: str, object_ids: Iterable[int], limit: int = 20) -> list[JournalLine]:
    """What the journal tells of records, newest first."""
    rows = JournalLine.objects.filter(kind=kind, object_id__in=list(object_ids))
    return list(rows.order_by("-id")[:limit])


def authors_of(lines: Iterable[JournalLine]) -> dict[int | None, str | Said]:
    """Who wrote the lines, by account; the system has no account."""
    ids = {line.user_id for line in lines if line.user_id}
    users = get_user_model()._default_manager.filter(pk__in=ids) if ids else ()  # noqa: SLF001 - Django's name for it
    return {None: say("系统"), **{user.pk: str(user) for user in users}}


def told_of(after: Mapping[str, Any], *, model: type[Model]) -> Said:
    """What a journal line says of a record, by the labels of its columns, as a person reads it."""
    columns = {one.name: one for one in model._meta.concrete_fields}  # noqa: SLF001 - Django's name for it
    changed = dict.fromkeys(after.get("changed") or ()) | dict(after)
    told = [_told(columns[name], value) for name, value in changed.items() if name in columns]
    return listed(told, joint="{first}；{rest}")


def _told(column: "Field[Any, Any]", value: Any) -> Said:
    """A column and its value; of what a person cannot read only the label."""
    label, words = Said(str(column.verbose_name).removesuffix("（分）")), as_words(column, value)
    return label if words is None else say("{label}：{value}", label=label, value=words)


def as_words(column: "Field[Any, Any]", value: Any) -> object:
    """A value as a person reads it; nothing for what a person cannot read."""
    if column.is_relation or isinstance(value, list | dict):
        return None
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return say("是") if value else say("否")
    if column.choices:
        return Said(str(dict(column.flatchoices).get(value, value)))
    if isinstance(column, DateField) and isinstance(value, str):
        return date.fromisoformat(value[:10])
    return Yuan(int(value)) if column.name.endswith("_fen") else value


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the journal keeps them."""
    return {name: _word(value) for name, value in values.items()}


def _word(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int | float | bool | list | None) else str(value)
