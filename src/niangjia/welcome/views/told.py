"""What an applicant told: from the cookie to forms, to the answers to check, to the draft."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from niangjia.joining.actions import ApplicationDraft
from niangjia.kernel.identifiers import IdKind, Sex, parse_mobile
from niangjia.members.rules import FORMS
from niangjia.people.rules import ID_KINDS, SEXES, Paper
from niangjia.welcome.views.keeping import Told

WHO = ("name", "kind", "number")
Answer = tuple[str, str, str]
"""A question, its answer, the screen on which it may be changed."""


def kept(cleaned: Mapping[str, Any]) -> Told:
    """Answers as the cookie keeps them."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in cleaned.items()}


def initial(told: Told) -> dict[str, Any]:
    """Answers as a form shows them again."""
    found = dict(told)
    if found.get("mobile"):
        found["mobile"] = str(parse_mobile(found["mobile"]))
    return found


def answers(
    told: Told, *, employer: tuple[int, str] | None, workplaces: Sequence[tuple[int, str]]
) -> list[Answer]:
    """What was told and derived, for the page on which all of it is checked (ui.md A4)."""
    found: list[Answer] = []
    if not told.get("known"):
        who = reverse("join-who")
        found += [
            (gettext("姓名"), told["name"], who),
            (gettext("证件"), f"{gettext(ID_KINDS[IdKind(told['kind'])])} {told['number']}", who),
        ]
    work = reverse("join-work")
    if told.get("mobile"):
        found.append((gettext("手机号"), str(parse_mobile(told["mobile"])), work))
    if employer:
        found.append((gettext("工作单位"), employer[1], ""))
    place = dict(workplaces).get(_number(told.get("workplace")) or 0)
    found += [(gettext("上班的地方"), place, work)] if place else []
    if told.get("employer_told"):
        found.append((gettext("工作单位"), told["employer_told"], work))
    form = next((word for code, word in FORMS.items() if code == told.get("form")), "")
    found += [(gettext("从业形态"), gettext(form), work)] if form else []
    found += [(gettext("平台或车辆"), told["platform"], work)] if told.get("platform") else []
    return found


def draft(
    told: Told, *, employer: tuple[int, str] | None, consent: int, signature: str = ""
) -> ApplicationDraft:
    """The draft of an application; a brand's counter assistant has his workplace and his employer apart."""
    known = bool(told.get("known"))
    forms = {str(code) for code in FORMS}
    return ApplicationDraft(
        name="" if known else told["name"],
        paper=None if known else Paper(IdKind(told["kind"]), told["number"]),
        sex=Sex(told["sex"]) if told.get("sex") in set(SEXES) else None,
        born=date.fromisoformat(told["born"]) if told.get("born") else None,
        mobile=told.get("mobile", ""),
        employer_id=employer[0] if employer else None,
        workplace_id=_number(told.get("workplace")),
        employer_told=told.get("employer_told") or "",
        form=told["form"] if told.get("form") in forms else "",
        platform=told.get("platform") or "",
        consent=consent,
        signature=signature,
    )


def _number(text: object) -> int | None:
    return int(str(text)) if text else None
