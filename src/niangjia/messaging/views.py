"""One's own messages and wishes, and how the channels are doing."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from niangjia.kernel.doors import actor_of, own_only, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.shapes import Crumb, Tab
from niangjia.kernel.words import say
from niangjia.messaging import actions, queries
from niangjia.messaging.forms import WishesForm
from niangjia.messaging.permissions import Word
from niangjia.messaging.rules import CHANNEL_WORDS, OUTSIDE

INBOX = say("消息")


@own_only("everybody reads his own messages")
def inbox(request: HttpRequest) -> HttpResponse:
    """One's own messages, newest first."""
    unread = request.GET.get("unread") == "1"
    page = queries.inbox_page(
        user_id=actor_of(request).user_id or 0,
        unread=unread,
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    here = reverse("inbox")
    tabs = [
        Tab(say("全部"), here, current=not unread),
        Tab(say("未读"), f"{here}?unread=1", current=unread, count=page.unread),
    ]
    layout = "desk.html" if actor_of(request).post_id else "public.html"
    return render(request, "messaging/inbox.html", {"page": page, "tabs": tabs, "layout": layout})


@own_only("everybody opens his own messages")
@require_POST
def open_message(request: HttpRequest, message_id: int) -> HttpResponse:
    """The message is read, and its page opens."""
    row = queries.message_of(message_id=message_id, user_id=actor_of(request).user_id or 0)
    actions.mark_read(message_id=row.pk, **by_at(request))
    return redirect(row.road, *row.road_args) if row.road else redirect("inbox")


@own_only("everybody reads his own messages")
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Every message counts as read."""
    actions.mark_all_read(**by_at(request))
    return redirect("inbox")


@own_only("everybody says how he wants to be told")
def wishes(request: HttpRequest) -> HttpResponse:
    """By which channel and how one wants each kind of message."""
    user_id = actor_of(request).user_id or 0
    form = WishesForm(
        request.POST or None,
        kinds=queries.message_kinds(),
        channels=actions.open_channels(),
        wishes=queries.preferences_of(user_id=user_id),
        language=queries.language_of(user_id=user_id),
    )

    def act(told: Mapping[str, Any]) -> str:
        actions.choose_channels(wishes=form.wishes, language=told["language"], **by_at(request))
        return reverse("inbox")

    words = say("站内消息总会保留。这里选择还要不要用别的方式告诉您；不紧急的消息夜间不发。")
    crumbs = [Crumb(INBOX, reverse("inbox")), Crumb(say("接收方式"))]
    page = FormPage(
        say("接收方式"), say("保存接收方式"), crumbs, reverse("inbox"), words, said=say("接收方式已保存。")
    )
    return answer(request, form, page, act=act)


@requires(Word.CHANNELS)
def channels(request: HttpRequest) -> HttpResponse:
    """How the channels are doing: what waits, what failed and why."""
    asked = {name: request.GET.get(name, "") for name in ("state", "channel", "before", "after")}
    page = queries.channel_health(actor=actor_of(request), **asked)
    opened = [CHANNEL_WORDS[one] for one in OUTSIDE if one in settings.NIANGJIA_CHANNELS]
    return render(request, "messaging/channels.html", {"page": page, "opened": opened})
