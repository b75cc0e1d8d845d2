"""The desks of the demo world: tasks, supervised tasks, duties and messages, through the public actions."""

from datetime import timedelta

from niangjia.accounts import queries as accounts
from niangjia.demo.actions.laying import Ground
from niangjia.demo.rules.desks import DUTIES, NEWS, SUPERVISED, TO_DO, SupervisedSketch
from niangjia.demo.rules.staff import LOG_INS, LogIn
from niangjia.kernel.access import Actor, Role
from niangjia.kernel.words import say
from niangjia.messaging import actions as messaging
from niangjia.supervision import actions as supervision
from niangjia.tasks import actions as tasks

LAID_BEFORE = timedelta(days=9)


def fill_desks(*, on: Ground) -> None:
    """Every officer of the demo world finds something overdue, something for today and more for later."""
    for row in LOG_INS:
        _tasks(row, on)
    for login, code in DUTIES:
        by = actor_of(login=login, on=on)
        tasks.start_duty(unit_id=by.unit_id or 0, code=code, since=on.today, by=by, at=on.at)
    tasks.lay_yearly_duties(today=on.today, at=on.at)
    for sketch in SUPERVISED:
        _supervised(sketch, on)
    tasks.escalate_overdue(today=on.today, at=on.at)
    tasks.remind_of_deadlines(today=on.today, at=on.at)
    for login in NEWS:
        _news(login, on)


def _tasks(row: LogIn, on: Ground) -> None:
    for number, (title, days) in enumerate(TO_DO.get(row.role, ())):
        draft = tasks.TaskDraft(
            key=f"demo:{row.name}:{number}",
            kind="tasks.day_to_day",
            title=say("{title}", title=title),
            unit_id=on.units[row.unit],
            word="tasks.read",
            holder_id=actor_of(login=row.name, on=on).user_id,
            due_on=on.today + timedelta(days=days),
            by_hand=True,
        )
        tasks.lay(draft=draft, by=on.by, at=on.at - LAID_BEFORE)


def _supervised(sketch: SupervisedSketch, on: Ground) -> None:
    draft = supervision.SupervisedDraft(
        on.units[sketch.to_unit], sketch.title, sketch.words, on.today + timedelta(days=sketch.days)
    )
    giver = actor_of(login=sketch.giver, on=on)
    row = supervision.give_supervised_task(draft=draft, today=on.today, by=giver, at=on.at)
    if sketch.reply:
        by = actor_of(login="twn", on=on)
        supervision.reply_to_supervised_task(
            supervised_id=row.pk,
            version=row.version,
            reply=sketch.reply,
            evidence="镇总工会文件",
            by=by,
            at=on.at,
        )


def _news(login: str, on: Ground) -> None:
    actor = actor_of(login=login, on=on)
    note = messaging.Note(
        key=f"demo:{login}",
        kind="tasks.changed",
        title=say("欢迎回家。您的工会和岗位可以在“我的账号”里看到。"),
        road="my-account",
        unit_id=actor.unit_id,
    )
    messaging.send(note=note, to=[actor.user_id or 0], by=on.by, at=on.at)


def actor_of(*, login: str, on: Ground) -> Actor:
    """The officer of a log-in in the post that the demo world gave him."""
    user = accounts.user_by_username(username=login)
    role = next(row.role for row in LOG_INS if row.name == login)
    post = next(one for one in user.posts.all() if Role(one.role) is role)
    return accounts.actor_for(post=post, day=on.today)
