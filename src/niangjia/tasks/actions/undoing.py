"""A step that is not final may be taken back by whoever took it, for some minutes (ui.md B8)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from niangjia.kernel import clock, journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotVisible, Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import Said, say
from niangjia.messaging.rules import kept
from niangjia.tasks import queries
from niangjia.tasks.models import Undo

Reversal = Callable[..., None]


def offer_undo(
    *,
    verb: str,
    said: Said,
    about: tuple[str, int],
    facts: Mapping[str, Any],
    by: Actor,
    at: datetime,
) -> Undo | None:
    """The step may be taken back until some minutes from now; the page shown next offers it.

    `verb` names the exact reversal in the port `NIANGJIA_UNDOS`: called with `about_id facts by at`, it
    raises Refused where something has happened since. Steps of the system itself are not taken back.
    """
    reversal(verb=verb)
    span = queries.minutes_to_undo(path=by.unit_path, day=clock.day_of(at))
    if by.user_id is None or not span:
        return None
    return Undo.objects.create(
        verb=verb,
        said=kept(said),
        about_kind=about[0],
        about_id=about[1],
        facts=dict(facts),
        user_id=by.user_id,
        at=at,
        expires_at=at + span,
    )


def reversal(*, verb: str) -> Reversal:
    """What takes the step back; KeyError, a mistake of the programmer, where nothing does."""
    found: Reversal = import_string(settings.NIANGJIA_UNDOS[verb])
    return found


@transaction.atomic
def take_back(*, undo_id: int, by: Actor, at: datetime) -> Undo:
    """The step is taken back, once. Raises Refused when the time is over or something happened since."""
    undo = Undo.objects.select_for_update().filter(pk=undo_id, user_id=by.user_id or 0).first()
    if undo is None:
        raise NotVisible
    if undo.undone_at is not None:
        raise Refused(say("这一步已经撤回过了，不必再撤。"))
    if at >= undo.expires_at:
        raise Refused(say("可以撤回的时间已经过了。要更改，请打开这件事重新办理。"))
    with beyond():
        reversal(verb=undo.verb)(about_id=undo.about_id, facts=undo.facts, by=by, at=at)
    undo.undone_at = at
    undo.save(update_fields=["undone_at"])
    after = {"verb": undo.verb}
    journal.record("take_back", by=by, at=at, kind=undo.about_kind, object_id=undo.about_id, after=after)
    return undo


@transaction.atomic
def forget_steps(*, before: datetime) -> int:
    """Steps whose time to be taken back ended before a moment are kept no longer."""
    with beyond():
        return Undo.objects.filter(expires_at__lt=before).delete()[0]
