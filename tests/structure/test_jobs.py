"""Every periodic job can be called as the worker calls it."""

import importlib
import inspect

from procrastinate.contrib.django import app


def test_every_periodic_job_takes_the_timestamp_by_name(settings):
    for path in settings.PROCRASTINATE_IMPORT_PATHS:
        importlib.import_module(path)
    periodic = {task.task for task in app.periodic_registry.periodic_tasks.values()}
    assert {"network.turn_the_day", "tree.turn_the_day"} <= {task.name for task in periodic}
    assert [
        task.name for task in periodic if "timestamp" not in inspect.signature(task.func).parameters
    ] == []
