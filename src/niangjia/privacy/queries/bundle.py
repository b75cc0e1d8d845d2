"""What is kept of a person, all of it in one bundle (PIPL 45)."""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.translation import gettext

from niangjia.kernel import personal
from niangjia.kernel.personal import Personal
from niangjia.kernel.reaching import beyond
from niangjia.people import queries as people

if TYPE_CHECKING:
    from niangjia.people.models import Person

EVERY_LOOK = 10_000


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows of one kind that are kept of a person, by the labels of their columns."""

    title: str
    why: str
    rows: Sequence[dict[str, object]]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything that is kept of a person, and who opened his full numbers (PIPL 45)."""

    person_id: int
    kept: Sequence[Kept]
    looks: Sequence[people.Look]


def bundle_of(*, person: "Person") -> Bundle:
    """All personal data of one person, of every record of his, from every table; sealed values opened."""
    records = people.records_of(person_id=person.pk)
    with beyond():
        kept = [found for model, told in personal.annotated() if (found := _kept(model, told, records)).rows]
        looks = people.looks_at(person_id=person.pk, limit=EVERY_LOOK)
    return Bundle(person.pk, sorted(kept, key=lambda one: one.title), looks)


def zipped(*, bundle: Bundle) -> bytes:
    """The bundle as a ZIP: JSON for programs, one page to read and print for people."""
    looks = [
        asdict(look) | {"what": look.what.render(gettext), "purpose": _text(look.purpose)}
        for look in bundle.looks
    ]
    told = {
        "person": bundle.person_id,
        "kept": [asdict(one) for one in bundle.kept],
        "who_looked": looks,
    }
    page = render_to_string("privacy/bundle.html", {"bundle": bundle, "looks": looks})
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("个人信息.json", json.dumps(told, ensure_ascii=False, indent=1, default=str))
        archive.writestr("个人信息.html", page)
    return target.getvalue()


def _kept(model: type[Model], told: Personal, records: Sequence[int]) -> Kept:
    found = [
        personal.told_of(model, told, row, person_id=one)
        for one in records
        for row in personal.rows_of(model, told, person_id=one).order_by("pk")
    ]
    return Kept(gettext(str(model._meta.verbose_name)), told.why.render(gettext), found)  # noqa: SLF001


def _text(words: object) -> str:
    render = getattr(words, "render", None)
    return str(render(gettext)) if render else str(words)
