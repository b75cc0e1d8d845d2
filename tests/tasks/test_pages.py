"""The desk, a task's page, handing over, taking back, the inbox, the channels: few queries, two clicks."""

from datetime import timedelta

import pytest
from django.urls import reverse

from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE, SYSTEM, Actor, Role, words_of
from niangjia.kernel.scoping import enter_scope
from niangjia.kernel.words import say
from niangjia.messaging import actions as messaging
from niangjia.messaging.models import Message
from niangjia.project.grants import ALL
from niangjia.tasks.models import Task
from tests.conftest import AT, TODAY
from tests.portal import acting


@pytest.fixture(autouse=True)
def acts(settings):
    settings.NIANGJIA_ACTOR_LOADER = "tests.portal.acting.loader"
    with clock.fixed(AT):
        yield acting.enter
    acting.enter(None)


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def post(client, name, *args, **data):
    response = client.post(reverse(name, args=args), data)
    enter_scope(EVERYWHERE)
    return response


def laid(desks, count=3, **more):
    return [
        desks.lay(
            f"t{n}", title=say("第{n}件", n=n), due_key="", due_on=TODAY + timedelta(days=n - 1), **more
        )
        for n in range(count)
    ]


def test_the_desk_shows_three_parts_and_each_row_is_one_click_to_its_decision(client, desks, acts):
    laid(desks, road="inbox")
    acts(desks.town)
    text = page(client, "desk").content.decode()
    places = [text.index(f"第{n}件") for n in range(3)]
    assert places == sorted(places)
    assert text.count(f'class="tap" href="{reverse("inbox")}"') == 3
    assert "陈某" in text, "who else holds it"


def test_the_tabs_count_what_they_open(client, desks, acts):
    laid(desks, 6)
    acts(desks.town)
    tabs = page(client, "desk").context["page"].todo.tabs
    for tab in tabs:
        acts(desks.town)
        todo = client.get(tab.href).context["page"].todo
        assert sum(len(table.rows) for table in todo.tables) == tab.count


def test_filters_stand_in_the_address(client, desks, acts):
    laid(desks)
    desks.lay("other", kind="tasks.escalated", unit="东县厂")
    acts(desks.town)
    todo = page(client, "desk", of="below", kind="tasks.escalated", unit="厂").context["page"].todo
    assert (todo.total, len(todo.tables[0].rows)) == (1, 1)
    assert page(client, "desk", when="never").status_code == 422


@pytest.mark.parametrize("count", [2, 30])
def test_the_desk_costs_ten_questions_at_the_most(client, desks, acts, count, django_assert_max_num_queries):
    laid(desks, count)
    acts(desks.town)
    words = {name: reach for name, reach in desks.town.words.items() if name != "network.read"}
    acts(Actor(**{name: getattr(desks.town, name) for name in Actor.__slots__} | {"words": words}))
    with django_assert_max_num_queries(10):
        assert page(client, "desk").status_code == 200


def test_a_task_is_ticked_off_and_taken_back_from_the_page_that_comes_next(client, desks, acts):
    (task,) = laid(desks, 1)
    acts(desks.town)
    assert post(client, "finish-task", task.pk, words="已答复", version=1).status_code == 302
    text = page(client, "desk").content.decode()
    assert "撤回（还剩 10 分钟）" in text
    address = text.partition('action="/steps/')[2].partition("/")[0]
    assert post(client, "take-back", int(address)).status_code == 302
    assert Task.objects.get(pk=task.pk).state == "open"


def test_the_second_of_two_who_have_it_open_sees_that_it_has_changed(client, desks, acts):
    (task,) = laid(desks, 1)
    acts(desks.town)
    post(client, "hand-over-task", task.pk, reason="本周由我办")
    assert post(client, "finish-task", task.pk, version=1).status_code == 409
    assert post(client, "finish-task", task.pk).status_code == 422
    assert post(client, "finish-task", task.pk, version=2).status_code == 302


def test_a_task_page_tells_its_story(client, desks, acts):
    (task,) = laid(desks, 1)
    acts(desks.county)
    moved = post(client, "hand-over-task", task.pk, unit="东县厂", reason="由企业答复")
    assert moved.status_code == 302, moved.content.decode()
    text = page(client, "task", task.pk).content.decode()
    assert [word for word in ("列入待办", "转办", "由企业答复", "东县厂") if word not in text] == []


def test_the_hand_over_form_keeps_what_was_typed(client, desks, acts):
    (task,) = laid(desks, 1)
    acts(desks.town)
    response = post(client, "hand-over-task", task.pk, unit="没有这家", reason="由企业答复")
    assert response.status_code == 422
    assert "由企业答复" in response.content.decode()


def told(reader, count=1):
    for n in range(count):
        note = messaging.Note(key=f"n{n}", kind="tasks.reminder", title=say("第{n}条", n=n), road="inbox")
        messaging.send(note=note, to=[reader.user_id], by=SYSTEM, at=AT)


def test_the_inbox_counts_the_unread_in_the_head_of_every_page(client, desks, acts):
    told(desks.town, 3)
    acts(desks.town)
    assert 'class="count-nj">3<' in page(client, "desk").content.decode()
    message = Message.objects.first()
    assert post(client, "open-message", message.pk).status_code == 302
    assert page(client, "inbox", unread="1").context["page"].unread == 2
    post(client, "read-all")
    assert Message.objects.filter(read_at=None).count() == 0


def test_nobody_opens_anothers_message(client, desks, acts):
    told(desks.town)
    acts(desks.mate)
    assert post(client, "open-message", Message.objects.get().pk).status_code == 404
    assert page(client, "inbox").context["page"].total == 0


def test_wishes_are_kept(client, desks, acts, settings):
    settings.NIANGJIA_CHANNELS = {"email": "niangjia.messaging.channels.MailChannel"}
    acts(desks.town)
    assert page(client, "wishes").status_code == 200
    asked = {"language": "en", "tasks.reminder:email": "off"}
    assert client.post(reverse("wishes"), asked).status_code == 302
    form = page(client, "wishes").context["form"]
    assert (form["tasks.reminder:email"].value(), form["language"].value()) == ("off", "en")


def test_channel_health_shows_what_failed_and_never_whom(client, desks, acts, settings, place):
    settings.NIANGJIA_CHANNELS = {"email": "niangjia.messaging.channels.MailChannel"}
    note = messaging.Note(
        key="x", kind="tasks.reminder", title=say("一件事"), unit_id=desks.town.unit_id, urgent=True
    )
    messaging.send(note=note, to=[desks.town.user_id], by=SYSTEM, at=AT)
    messaging.deliver_due(at=AT)
    city = place.units["甲市"]
    admin = Actor(
        name="系统管理员", role=Role.SYS, user_id=9, post_id=9, unit_id=city.pk, unit_path=city.path,
        words=words_of(Role.SYS, ALL),
    )  # fmt: skip
    acts(admin)
    text = page(client, "channels", state="failed").content.decode()
    assert "no address" in text
    assert "陈某" not in text
    assert "一件事" not in text


def test_a_worker_without_a_post_reads_his_inbox_on_a_public_page(client, desks, acts):
    worker = Actor(name="王某", role=Role.WRK, user_id=desks.mate.user_id, words={})
    told(desks.mate)
    acts(worker)
    assert "第0条" in page(client, "inbox").content.decode()
