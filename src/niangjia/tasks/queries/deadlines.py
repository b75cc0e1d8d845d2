"""What of deadlines is in force for a union: its calendar, its reminders, its escalation."""

from datetime import date, timedelta

from niangjia.kernel import policy
from niangjia.kernel.paths import chain_of
from niangjia.policies import queries as policies
from niangjia.tasks.rules import Terms


def terms_for(*, path: str, day: date) -> Terms:
    """Calendar, reminders and escalation as they hold for the unit at a path on a day, in one query."""
    chain = chain_of(path)
    keys = ("calendar.workdays", "tasks.remind_workdays", "tasks.escalate_workdays")
    values = policies.values_for(chain=chain, keys=keys)
    return Terms(
        calendar=policy.workday_calendar(values, chain),
        remind=policy.on("tasks.remind_workdays", day, chain, values).of(tuple),
        escalate=policy.on("tasks.escalate_workdays", day, chain, values).of(int),
    )


def workdays_in_force(*, key: str, path: str, day: date) -> int:
    """How many working days a policy gives a unit on a day."""
    chain = chain_of(path)
    return policy.on(key, day, chain, policies.values_for(chain=chain, keys=[key])).of(int)


def minutes_to_undo(*, path: str, day: date) -> timedelta:
    """How long a step that is not final may be taken back (ui.md B8)."""
    return timedelta(minutes=workdays_in_force(key="tasks.undo_minutes", path=path, day=day))
