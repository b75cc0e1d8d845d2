"""Every permission word of every app and its roles; accounts reads them by `NIANGJIA_GRANTS`."""

from importlib import import_module
from importlib.util import find_spec

from niangjia.kernel.access import Grant

APPS = (
    "tree",
    "people",
    "policies",
    "accounts",
    "notices",
    "papers",
    "exchange",
    "messaging",
    "tasks",
    "supervision",
    "network",
    "bodies",
    "register",
    "members",
    "matching",
    "vitality",
    "joining",
    "drives",
    "chronicle",
    "founding",
    "restructuring",
    "ledger",
    "payments",
    "households",
    "campaigns",
    "visits",
    "phones",
    "means",
    "hardship",
    "aid",
    "sympathy",
    "portal",
)


def _grants_of(app: str) -> tuple[Grant, ...]:
    """The grants of an app; one without permission words has none."""
    name = f"niangjia.{app}.permissions"
    return tuple(import_module(name).GRANTS) if find_spec(name) else ()


ALL: tuple[Grant, ...] = tuple(grant for app in APPS for grant in _grants_of(app))
