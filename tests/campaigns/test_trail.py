"""What became of a target stands in the journal, once, and lies with nobody any more."""

from niangjia.campaigns import actions
from niangjia.campaigns.models import Target
from niangjia.campaigns.rules import Outcome
from niangjia.kernel.models import JournalLine
from niangjia.tasks.models import Task
from tests.conftest import AT
from tests.households.worlds import SON


def lines(verb, target):
    found = JournalLine.objects.filter(verb=verb, kind="campaigns.target", object_id=target.pk)
    return list(found.order_by("id"))


def waiting(target):
    return Task.objects.filter(about_kind="campaigns.target", about_id=target.pk, state="open").exists()


def mark(drive, target, home):
    told = {"target_id": target.pk, "household_id": home.pk, "by": drive.village.town, "at": AT}
    return actions.mark_visited(**told)


def test_whoever_declined_is_told_with_the_reason_and_no_visit_waits(drive):
    target = drive.report()
    assert waiting(target)
    drive.settle(target, Outcome.DECLINED, "本人谢绝")
    (line,) = lines("settle_target", target)
    assert line.reason == "本人谢绝"
    assert not waiting(target)


def test_a_visit_told_twice_counts_once(drive):
    target, home = drive.report(), drive.village.household()
    first = mark(drive, target, home)
    again = mark(drive, target, home)
    (line,) = lines("mark_visited", target)
    assert line.after["household"] == home.pk
    assert (again.version, again.outcome_at) == (first.version, first.outcome_at)
    assert not waiting(target)


def test_a_visit_that_finds_another_household_corrects_which_it_was(drive):
    target, home = drive.report(), drive.village.household()
    other = drive.village.household(number=SON, name="王小明", members=())
    mark(drive, target, home)
    mark(drive, target, other)
    assert Target.objects.get(pk=target.pk).household_id == other.pk
    assert [one.after["household"] for one in lines("mark_visited", target)] == [home.pk, other.pk]
