"""The one place where the command line enters Django.

A module that holds models can be imported only after `django.setup()`, and an import inside a function is
forbidden here: so commands name the module they need, and `room()` imports it after the set-up.
"""

import importlib
import os
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.core.management import call_command
from django.utils import translation

from niangjia.project import instance, localpg
from niangjia.project.cli.voice import LANGUAGE

SETTINGS = "niangjia.project.settings.base"
STARTED: set[Path] = set()


class NotBuilt(Exception):  # noqa: N818 - it reads as a sentence
    """A part of the house that a later release brings; the command ends with code 3."""


def open_house() -> localpg.Urls:
    """The database answers and Django is ready; may be called again."""
    name_house()
    if not localpg.external() and not localpg.is_running(instance.home()):
        STARTED.add(instance.home())
    urls = localpg.ensure(instance.home())
    if not apps.ready:
        django.setup()
        translation.activate("en" if LANGUAGE == "en" else "zh-hans")
    return urls


def name_house() -> None:
    """Children, too, find the same settings and the same instance."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    os.environ["NIANGJIA_HOME"] = str(instance.home())


def close_house() -> None:
    """Stop the server again that a short command had to start."""
    while STARTED:
        localpg.stop(STARTED.pop())


def room(name: str) -> Any:
    """A module of an app, by its full name, after the set-up."""
    open_house()
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name and name.startswith(error.name):
            raise NotBuilt(name) from error
        raise


def door(name: str) -> Any:
    """A function of an app, by its full name: `niangjia.demo.actions.build_demo`."""
    module, _, function = name.rpartition(".")
    found = getattr(room(module), function, None)
    if found is None:
        raise NotBuilt(name)
    return found


def offered(name: str) -> Any | None:
    """The same, or None where that part is not built yet."""
    try:
        return door(name)
    except NotBuilt:
        return None


def manage(command: str, *words: Any, **options: Any) -> Any:
    """A management command of Django's or of an app."""
    open_house()
    return call_command(command, *words, **options)


def connections() -> Any:
    """Django's database connections."""
    open_house()
    return importlib.import_module("django.db").connections
