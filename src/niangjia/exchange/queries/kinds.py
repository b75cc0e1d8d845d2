"""The kinds of files that apps above have declared (settings NIANGJIA_EXCHANGES)."""

from collections.abc import Mapping
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from niangjia.exchange.rules.kinds import ExportKind, ImportKind
from niangjia.kernel.errors import NotVisible


@cache
def _declared(paths: tuple[str, ...]) -> tuple[ImportKind | ExportKind, ...]:
    return tuple(import_string(path) for path in paths)


def import_kinds() -> Mapping[str, ImportKind]:
    """What can come in, by key."""
    found = _declared(tuple(settings.NIANGJIA_EXCHANGES))
    return {kind.key: kind for kind in found if isinstance(kind, ImportKind)}


def export_kinds() -> Mapping[str, ExportKind]:
    """What can go out, by key."""
    found = _declared(tuple(settings.NIANGJIA_EXCHANGES))
    return {kind.key: kind for kind in found if isinstance(kind, ExportKind)}


def import_kind(*, key: str) -> ImportKind:
    """The kind of that key; an unknown one does not exist (404)."""
    if key not in import_kinds():
        raise NotVisible
    return import_kinds()[key]


def export_kind(*, key: str) -> ExportKind:
    """The list of that key; an unknown one does not exist (404)."""
    if key not in export_kinds():
        raise NotVisible
    return export_kinds()[key]


def word_of(*, row: object) -> str:
    """The permission that the rows of a batch or of a list need."""
    key = str(getattr(row, "kind", ""))
    return export_kind(key=key).word if hasattr(row, "purpose") else import_kind(key=key).word
