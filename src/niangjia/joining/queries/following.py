"""How an application goes on: its steps, what happened, the code by which its applicant finds it."""

import secrets

from niangjia.joining import rules
from niangjia.joining.models import MembershipApplication
from niangjia.joining.rules import APPLICATION, KIND
from niangjia.kernel import sealing
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Event, Stage
from niangjia.kernel.versions import lines_of
from niangjia.kernel.words import Said, say
from niangjia.tree import queries as tree

VERBS = {
    "submit_application": say("提交了申请"),
    "enter_application": say("工会代填了申请"),
    "support_application": say("小组签了意见"),
    "review_application": say("初审通过"),
    "approve_application": say("批准"),
    "hand_over_application": say("改办转会，已向原工会提出"),
    "return_application": say("退回，请您补充"),
    "reject_application": say("不予入会"),
    "route_application": say("转送到更对口的工会"),
    "answer_return": say("您补充后再次提交"),
    "carry_application": say("工会有调整，申请转到承接的工会继续办理"),
    "bring_back_application": say("工会调整已撤销，申请回到原工会办理"),
    "withdraw_application": say("您撤回了申请"),
    "appeal_application": say("您请上级工会复核"),
    "overturn_application": say("复核：请原工会重新办理"),
    "uphold_application": say("复核：维持不予入会"),
}
WRITTEN_BY_APPLICANT = {"submit_application", "answer_return", "withdraw_application", "appeal_application"}
_ROOM = 97


def new_receipt() -> str:
    """A receipt code that nobody can guess."""
    return rules.receipt_from(secrets.randbits(_ROOM))


def receipt_digest(*, receipt: str) -> bytes:
    """What the table keeps of a receipt code."""
    return sealing.blind_index(rules.receipt_plain(receipt), purpose="joining.receipt")


def application_by_receipt(*, receipt: str) -> MembershipApplication:
    """The application of a receipt code, whoever holds it; another does not exist (404)."""
    with beyond():  # the code is the permission: a hundred bits that only its holder knows
        rows = MembershipApplication.objects.select_related("union", "employer", "workplace")
        row = rows.filter(receipt=receipt_digest(receipt=receipt)).first()
    if row is None:
        raise NotVisible
    return row


def stages_of(*, application: MembershipApplication) -> list[Stage]:
    """Where it stands on its way: handed in, looked at, decided."""
    state = application.state
    here = 1 if state in {"submitted", "supported", "routed", "returned"} else 2
    ended = state in APPLICATION.ends or state == "rejected"
    labels = (say("已提交"), say("工会审核"), APPLICATION.label(state) if ended else say("批准"))
    marks = ["done" if ended or place < here else "now" if place == here else "todo" for place in range(3)]
    if ended and rules.SHAPES.get(state) == "stop":
        marks[-1] = "stop"
    return [Stage(label, mark) for label, mark in zip(labels, marks, strict=True)]


def events_of(*, application: MembershipApplication) -> list[Event]:
    """What happened to it, the newest first: when and by which union; names of officers are not told."""
    with beyond():
        lines = [line for line in lines_of(kind=KIND, object_ids=[application.pk]) if line.verb in VERBS]
        names = tree.names_of(unit_ids={line.unit_id for line in lines if line.unit_id})
        told = {line.pk: _note(line.verb, line.reason) for line in lines}
    return [
        Event(line.at, _who(line.verb, names.get(line.unit_id or 0, "")), VERBS[line.verb], told[line.pk])
        for line in lines
    ]


def _who(verb: str, unit: str) -> Said | str:
    return say("本人") if verb in WRITTEN_BY_APPLICANT else unit or say("系统")


def _note(verb: str, reason: str) -> str:
    return "" if verb in WRITTEN_BY_APPLICANT else reason
