"""What Django itself answers, in the form that was asked for: a page, or a problem document."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views import defaults

from niangjia.kernel.middleware import problem, wants_json
from niangjia.kernel.words import Said, say


def not_there(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No road leads to this address."""
    if wants_json(request):
        return _problem("not_visible", HTTPStatus.NOT_FOUND, say("没有这个地址。请对照接口文档。"))
    return defaults.page_not_found(request, exception)


def broken(request: HttpRequest) -> HttpResponse:
    """The fault is ours; it was written down."""
    if wants_json(request):
        words = say("系统自己出了差错，什么都没有保存。请稍后再试。")
        return _problem("fault", HTTPStatus.INTERNAL_SERVER_ERROR, words)
    return defaults.server_error(request)


def _problem(code: str, status: HTTPStatus, words: Said) -> HttpResponse:
    return problem(code=code, status=status, reasons=[words.render(gettext)])
