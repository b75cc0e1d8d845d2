"""An officer enters what a worker says at the door or has written on paper."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from niangjia.drives import queries as drives
from niangjia.drives.permissions import Word as DrivesWord
from niangjia.joining import actions
from niangjia.joining.permissions import Word
from niangjia.joining.rules import CONSENTS, Channel
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.shapes import Fact
from niangjia.kernel.words import say
from niangjia.network import queries as network
from niangjia.welcome.forms import EnterForm
from niangjia.welcome.views import told as telling

if TYPE_CHECKING:
    from niangjia.drives.models import DriveStop


@requires(Word.ENTER)
def enter(request: HttpRequest, unit_id: int) -> HttpResponse:
    """An officer enters what a worker says at the door or has written on paper; the record is the same."""
    unit = network.organisation_in_scope(unit_id=unit_id, scope=actor_of(request).scope_for(Word.ENTER))
    stop = _stop(request)
    form = EnterForm(request.POST or None, initial={"employer_told": stop.employer.name if stop else ""})

    def act(told: Mapping[str, Any]) -> str:
        return _entered(request, unit.pk, told, stop)

    title, here = say("代填入会申请"), reverse("organisation", args=[unit.pk])
    said = say("申请已登记。纸质申请请接着上传本人签名的扫描件。")
    page = FormPage.about(
        unit.name, here, title, say("登记申请"), said=said, known=[Fact(say("告知"), CONSENTS[-1])]
    )
    return answer(request, form, page, act=act)


def _entered(request: HttpRequest, unit_id: int, told: Mapping[str, Any], stop: "DriveStop | None") -> str:
    """The application is entered, for the stop's employer unless another was typed; its page."""
    employer = (stop.employer_id, stop.employer.name) if stop else None
    same = employer if employer and told["employer_told"].strip() == employer[1] else None
    draft = telling.draft(telling.kept(told), employer=same, consent=len(CONSENTS))
    row, _receipt = actions.enter_application(
        unit_id=unit_id,
        channel=Channel(told["channel"]),
        draft=draft,
        drive_id=stop.drive_id if stop else None,
        stop_id=stop.pk if stop else None,
        **by_at(request),
    )
    return reverse("application", args=[row.pk])


def _stop(request: HttpRequest) -> "DriveStop | None":
    """The stop of a drive at whose door the officer stands, as the address says."""
    typed = request.GET.get("stop", "")
    if not (typed.isascii() and typed.isdecimal() and len(typed) < len("9999999999")):
        return None
    return drives.stop_in_scope(stop_id=int(typed), scope=actor_of(request).scope_for(DrivesWord.RUN))
