"""Whether rows of any table hang on a row: asked before something entered by mistake is taken out."""

from collections.abc import Collection

from django.db.models import ManyToOneRel, Model


def leaning_on(*, model: type[Model], ids: Collection[int], besides: Collection[str]) -> set[int]:
    """Those of the rows to which some row of another table points, but for the tables `besides`.

    To be asked inside `beyond`: what hangs on a row may lie in any scope.
    """
    found: set[int] = set()
    for one in model._meta.get_fields(include_hidden=True):  # noqa: SLF001 - Django's name for it
        if isinstance(one, ManyToOneRel) and one.related_model._meta.db_table not in besides:  # noqa: SLF001
            name = one.field.name
            rows = one.related_model._default_manager.filter(**{f"{name}__in": list(ids)})  # noqa: SLF001
            found |= set(rows.values_list(f"{name}_id", flat=True))
    return found
