"""The API's front door: every app's router, one form of error (RFC 9457), one OpenAPI document."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from ninja.errors import ValidationError
from ninja.openapi.docs import Redoc

from niangjia.kernel.errors import NiangjiaError
from niangjia.kernel.middleware import STATUS, problem
from niangjia.project.answers import DocumentedAPI
from niangjia.project.misread import trouble_of

api = DocumentedAPI(
    title="娘家 Niangjia",
    version="0.1",
    description="智慧工会平台的开放接口。所有数字与页面同源；错误一律为 application/problem+json。",
    docs=Redoc(),
    docs_url=None,
    urls_namespace="api",
)


@api.exception_handler(NiangjiaError)
def refuse(_request: HttpRequest, error: NiangjiaError) -> HttpResponse:
    """What the house says no to, as a problem document."""
    reasons = [reason.render(gettext) for reason in error.reasons]
    return problem(code=error.code, status=STATUS.get(error.code, HTTPStatus.CONFLICT), reasons=reasons)


@api.exception_handler(ValidationError)
def misunderstood(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Parameters that cannot be read: each named, with what is wrong."""
    reasons = [trouble_of(item) for item in error.errors]
    return problem(
        code="bad_input",
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        reasons=[reason.render(gettext) for reason in reasons],
    )


for prefix, router in settings.NIANGJIA_API_ROUTERS:
    api.add_router(prefix, import_string(router))
