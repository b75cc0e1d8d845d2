"""The navigation of the desk: what the acting post may open, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, reverse

from niangjia.kernel.access import Actor, Reach
from niangjia.kernel.words import Said, say
from niangjia.portal.permissions import Word


@dataclass(frozen=True, slots=True)
class Road:
    """A page that a navigation may lead to; an empty word is open to everybody with a post."""

    name: str
    label: Said
    icon: str
    word: str = ""
    office: bool = False
    """Whether it is for a post only, not for whoever carries the word over his own rows."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the navigation."""

    label: Said
    url: str
    icon: str
    current: bool = False
    badge: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading."""

    label: Said
    items: Sequence[Item]


ROADS: tuple[tuple[Said, tuple[Road, ...]], ...] = (
    (say("工作"), (
        Road("desk", say("工作台"), "clipboard-list", Word.DESK),
        Road("supervised-list", say("督办"), "send", "supervision.read"),
        Road("duties", say("年度事项"), "calendar-days", "tasks.duties"),
        Road("board", say("工会地图"), "map"),
        Road("find", say("找工会"), "search"),
    )),
    (say("名册"), (
        Road("organisations", say("工会组织"), "network", "network.read"),
        Road("employers", say("用人单位"), "building-2", "network.read"),
        Road("zones", say("商圈与园区"), "map-pin", "network.read"),
        Road("facilities", say("阵地"), "house", "network.read"),
        Road("imports", say("导入"), "upload", "exchange.import"),
        Road("exports", say("导出"), "download", "exchange.export"),
        Road("find-person", say("查找人员"), "search", "people.find"),
        Road("papers", say("文书"), "file-text", "papers.read"),
        Road("notices-office", say("公示"), "megaphone", "notices.read"),
    )),
    (say("会员"), (
        Road("members", say("会员名册"), "users", "members.read"),
        Road("member-year", say("会员年报"), "calendar-days", "members.read"),
        Road("national-members", say("全国实名制名册"), "download", "members.names"),
        Road("applications", say("入会申请"), "clipboard-list", "joining.review"),
        Road("drives", say("集中入会"), "megaphone", "drives.run"),
        Road("transfers", say("转会"), "arrow-right", "members.transfer"),
        Road("real-name", say("实名质量"), "shield-check", "members.read"),
        Road("duplicates", say("疑似重复"), "search", "matching.read"),
    )),
    (say("慰问"), (
        Road("sympathy-visits", say("慰问走访"), "hand-heart", "sympathy.read"),
        Road("reported-visits", say("我报的慰问"), "megaphone", "sympathy.report"),
        Road("handouts", say("慰问发放"), "gift", "sympathy.read"),
    )),
    (say("资金"), (
        Road("money", say("账簿与资金"), "book-open", "ledger.read"),
        Road("payments", say("支付单"), "clipboard-list", "payments.read"),
        Road("payment-batches", say("付款批次"), "send", "payments.read"),
        Road("statements", say("银行对账单"), "file-text", "payments.read"),
        Road("vouchers", say("手工凭证"), "file-text", "ledger.read"),
    )),
    (say("帮扶"), (
        Road("aid-applications", say("帮扶申请"), "heart-handshake", "aid.read", office=True),
        Road("aid-rounds", say("公示批次"), "megaphone", "aid.read", office=True),
        Road("aid-year", say("救助年度账"), "calendar-days", "aid.read", office=True),
        Road("aid-overlooked", say("杜绝遗漏"), "search", "hardship.read", office=True),
        Road("households", say("家庭档案"), "house", "households.read", office=True),
        Road("hardship-files", say("困难职工档案"), "file-text", "hardship.status", office=True),
        Road("means", say("家庭经济状况核对"), "shield-check", "means.answer", office=True),
        Road("national-hardship", say("全国帮扶系统报送"), "download", "hardship.export", office=True),
        Road("campaigns", say("专项行动"), "hand-heart", "campaigns.read"),
        Road("visits-today", say("今天走访"), "map-pin", "campaigns.settle"),
        Road("visits", say("走访记录"), "house", "visits.read"),
        Road("leads", say("上报线索"), "megaphone", "campaigns.report"),
        Road("my-aid", say("我的求助"), "heart-handshake", "households.tell"),
        Road("my-household", say("我的家庭"), "house", "households.tell"),
        Road("my-leads", say("我要反映"), "megaphone", "campaigns.raise"),
    )),
    (say("组织建设"), (
        Road("establishments", say("建会"), "house", "founding.read"),
        Road("restructures", say("撤并改"), "network", "restructuring.read"),
        Road("vitality", say("联合会活力"), "calendar-days", "vitality.read"),
    )),
    (say("管理"), (
        Road("policies", say("政策"), "book-open"),
        Road("users", say("用户与岗位"), "users", "accounts.read"),
        Road("journal", say("操作日志"), "shield-check", "journal.read"),
        Road("channels", say("消息通道"), "bell", "messaging.channels"),
    )),
)  # fmt: skip


def navigation_for(*, actor: Actor, path: str) -> Sequence[Group]:
    """The groups of the desk's navigation for an acting post; a visitor has none."""
    if actor.post_id is None:
        return ()
    here = _nearest(path)
    groups = [Group(label, _items(actor, roads, here)) for label, roads in ROADS]
    return [group for group in groups if group.items]


def quick_links(*, actor: Actor) -> Sequence[Item]:
    """The pages of the register and of the administration that the acting post may open, for the desk."""
    return [item for _, roads in ROADS[1:] for item in _items(actor, roads, "")]


def _nearest(path: str) -> str:
    """The road that leads nearest to a page: /members/year/ belongs to the yearly sheet, not to the list."""
    roads = (_address(road.name) for _, group in ROADS for road in group)
    return max((url for url in roads if url and path.startswith(url)), key=len, default="")


def _items(actor: Actor, roads: Sequence[Road], here: str) -> list[Item]:
    items = []
    for road in roads:
        url = _address(road.name)
        if url and _opens(actor, road):
            items.append(Item(road.label, url, road.icon, current=url == here))
    return items


def _opens(actor: Actor, road: Road) -> bool:
    if road.office and actor.words.get(road.word) is Reach.OWN:
        return False
    return not road.word or actor.may(road.word)


@lru_cache(maxsize=128)
def _address(name: str) -> str:
    """The address of a named page, or nothing while that page is not built."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
