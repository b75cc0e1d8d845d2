"""Every column that could hold personal data says what it holds, why and how long (R-G-03, house.md §3.6)."""

import pytest
from django.apps import apps
from django.db import models
from django.utils.module_loading import import_string

from niangjia.kernel import policy
from niangjia.kernel.personal import SENSITIVE, annotated
from niangjia.people.models import Person

TELLING = (
    models.CharField, models.TextField, models.JSONField, models.BinaryField, models.DateField,
    models.FileField, models.GenericIPAddressField,
)  # fmt: skip
OF_PERSONS = {"people.Person", "accounts.User"}
OURS = [model for model in apps.get_models() if model.__module__.startswith("niangjia.")]
TOLD = dict(annotated())


def names_a_person(model):
    """Whether its rows hang on a person or an account, directly."""
    keys = (field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey))
    return model._meta.label in OF_PERSONS or any(key.related_model._meta.label in OF_PERSONS for key in keys)


@pytest.mark.parametrize("model", [m for m in OURS if names_a_person(m)], ids=lambda m: m._meta.label)
def test_a_column_of_a_persons_rows_is_held_or_plain(model):
    told = TOLD.get(model)
    columns = {
        field.name for field in model._meta.concrete_fields
        if isinstance(field, TELLING) and not field.primary_key and field.name != "path"
    }  # fmt: skip
    assert told is not None, f"{model._meta.label}: add `personal = Personal(...)`: {sorted(columns)}"
    assert columns - set(told.fields) - told.plain == set(), f"{model._meta.label}: say what these hold"
    assert not set(told.fields) & told.plain


@pytest.mark.parametrize("model", TOLD, ids=lambda m: m._meta.label)
def test_what_is_said_of_a_model_is_true(model, settings):
    told = TOLD[model]
    names = {field.name for field in model._meta.concrete_fields}
    assert set(told.fields) | told.plain | set(told.also) <= names
    assert not told.ends or told.ends in names
    keeping = policy.shipped().definition("privacy.retention")
    assert any(one.dims.get("data_class") == told.keep for one in keeping.defaults), told.keep
    assert not told.seen_by or told.seen_by in {
        str(one.word) for one in import_string(settings.NIANGJIA_GRANTS)
    }
    whose = told.whose.split("__")[0]
    assert whose in names | {"id"} | {f"{name}_id" for name in names}


def test_sensitive_data_lies_sealed():
    loose = [
        f"{model._meta.label}.{name}"
        for model, told in TOLD.items()
        for name, held in told.fields.items()
        if held.kind in SENSITIVE and not held.sealed
    ]
    assert loose == []


def test_a_person_is_annotated_and_the_walk_finds_him():
    assert Person in TOLD
    assert names_a_person(Person)
