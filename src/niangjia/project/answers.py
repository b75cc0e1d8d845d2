"""The answers of the API that are no success: said once, for every operation of the OpenAPI document."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from niangjia.kernel.middleware import LONGEST_VALUE

MEDIA_TYPE = "application/problem+json"
NAME = "Problem"
PROBLEM = {
    "title": NAME,
    "description": "RFC 9457：出了什么事、为什么、下一步怎么办。",
    "type": "object",
    "required": ["type", "title", "status", "detail", "reasons"],
    "properties": {
        "type": {"type": "string", "pattern": "^urn:niangjia:[a-z_]+$"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "reasons": {"type": "array", "items": {"type": "string"}},
    },
}
ANSWERS = {
    400: "请求里有无法识别的字符，或者内容太长",
    403: "没有登录，或者当前岗位没有这项权限",
    404: "没有这条记录，或者不在可见范围内",
    405: "这个网址不接受这种方法，接受的见 Allow 头",
    409: "资料已被别人改动，或者现在不能走这一步",
    422: "参数看不懂，或者按规则不能办理",
    429: "请求太频繁，请稍后再试",
}
"""Statuses that any operation may answer with, and when."""


class DocumentedAPI(NinjaAPI):
    """An API whose document tells the refusals as well as the successes."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The document with every answer of `ANSWERS` at every operation."""
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        document["components"]["schemas"][NAME] = PROBLEM
        for operations in document["paths"].values():
            for operation in operations.values():
                operation["responses"] = _answers() | operation["responses"]
                _bind(operation["parameters"])
        return document


def _bind(parameters: list[dict[str, Any]]) -> None:
    """What `kernel.middleware.armour` refuses everywhere is said everywhere: no NUL, nothing endless."""
    for parameter in parameters:
        schema = parameter["schema"]
        for part in [schema, *schema.get("anyOf", [])]:
            if part.get("type") == "string" and not part.keys() & {"enum", "format", "pattern"}:
                part["pattern"] = "^[^\\u0000]*$"
                part.setdefault("maxLength", LONGEST_VALUE)


def _answers() -> dict[int, dict[str, Any]]:
    content = {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{NAME}"}}}
    return {status: {"description": words, "content": content} for status, words in ANSWERS.items()}
