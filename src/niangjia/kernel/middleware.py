"""The one place that turns errors into pages, and the armour that every request passes once."""

from collections.abc import Callable
from http import HTTPStatus
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    JsonResponse,
)
from django.shortcuts import render
from django.utils.translation import gettext

from niangjia.kernel.errors import NiangjiaError
from niangjia.kernel.words import say

Handler = Callable[[HttpRequest], HttpResponseBase]

LONGEST_VALUE = 2_000
STATUS = {
    "bad_input": HTTPStatus.UNPROCESSABLE_ENTITY,
    "refused": HTTPStatus.UNPROCESSABLE_ENTITY,
    "step_refused": HTTPStatus.CONFLICT,
    "stale": HTTPStatus.CONFLICT,
    "too_often": HTTPStatus.TOO_MANY_REQUESTS,
    "not_visible": HTTPStatus.NOT_FOUND,
    "not_allowed": HTTPStatus.FORBIDDEN,
}


class _Garbled(NiangjiaError):  # noqa: N818 - the house's own word
    code: ClassVar[str] = "garbled"


class _WrongMethod(NiangjiaError):  # noqa: N818 - the same
    code: ClassVar[str] = "wrong_method"


def armour(get_response: Handler) -> Handler:
    """Refuse NUL characters and oversize query values once for all; set the headers every answer carries."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        trouble = _trouble_in(request)
        response = refusal(request, trouble, HTTPStatus.BAD_REQUEST) if trouble else get_response(request)
        response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", "geolocation=(self), camera=(self), microphone=()")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault(
            "Cache-Control", "no-store" if request.COOKIES.get("sessionid") else "private"
        )
        return response

    return middleware


def _trouble_in(request: HttpRequest) -> NiangjiaError | None:
    if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        return _Garbled(say("网址里有无法识别的字符。请从页面上的链接重新进入。"))
    if any(len(value) > LONGEST_VALUE for values in request.GET.lists() for value in values[1]):
        return _Garbled(say("查询内容太长。请缩短后再试。"))
    return None


class Refusals:
    """Turns the house's errors into page, htmx fragment or problem+json; into the log-in where that helps."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; refusals are met in the hooks below, the wrong method here: no view is asked then."""
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        error = _WrongMethod(say("这个网址不能这样打开。请从页面上的链接或按钮办理。"))
        told = refusal(request, error, HTTPStatus.METHOD_NOT_ALLOWED)
        told["Allow"] = response["Allow"]
        return told

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Refuse NUL in posted fields before any view reads them."""
        if request.method == "POST" and request.content_type != "application/json":
            values = (value for _, group in request.POST.lists() for value in group)
            if any("\x00" in str(value) for value in values):
                error = _Garbled(say("填写的内容里有无法识别的字符，什么都没有保存。请删去后再提交。"))
                return refusal(request, error, HTTPStatus.BAD_REQUEST)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer an error of the house; leave every other to Django."""
        if isinstance(error, BadRequest):
            return refusal(
                request, _Garbled(say("这次请求无法识别，什么都没有保存。")), HTTPStatus.BAD_REQUEST
            )
        if not isinstance(error, NiangjiaError):
            return None
        if error.code == "not_allowed" and not request.user.is_authenticated and not wants_json(request):
            return redirect_to_login(request.get_full_path())
        return refusal(request, error, STATUS.get(error.code, HTTPStatus.UNPROCESSABLE_ENTITY))


def wants_json(request: HttpRequest) -> bool:
    """True for the API and for clients that ask for JSON."""
    return request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", "")


def refusal(request: HttpRequest, error: NiangjiaError, status: HTTPStatus) -> HttpResponse:
    """The answer that says what happened, that nothing was lost, and the next step."""
    reasons = [reason.render(gettext) for reason in error.reasons]
    if wants_json(request):
        return problem(code=error.code, status=status, reasons=reasons)
    context = {"code": error.code, "status": int(status), "reasons": reasons}
    template = "errors/fragment.html" if request.headers.get("HX-Request") else "errors/refusal.html"
    return render(request, template, context, status=int(status))


def problem(*, code: str, status: HTTPStatus, reasons: list[str]) -> JsonResponse:
    """An RFC 9457 problem document."""
    body = {
        "type": f"urn:niangjia:{code}",
        "title": status.phrase,
        "status": int(status),
        "detail": " ".join(reasons),
    }
    return JsonResponse(
        body | {"reasons": reasons}, status=int(status), content_type="application/problem+json"
    )
