"""Files on a record: attach one, fetch it, say it is void."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.limits import limited
from niangjia.kernel.words import say
from niangjia.papers import actions, queries
from niangjia.papers.actions.attaching import KIND
from niangjia.papers.forms import AttachForm, PurposeForm, VoidForm
from niangjia.papers.models import Attachment
from niangjia.papers.permissions import Word
from niangjia.papers.rules import Subject
from niangjia.papers.views.serving import served


def _subject(request: HttpRequest, word: Word) -> Subject:
    """The record that the address names, as `about=kind:number`."""
    kind, _colon, number = request.GET.get("about", "").partition(":")
    if not (number.isascii() and number.isdecimal() and len(number) < len("1000000000000000")):
        raise NotVisible
    scope = actor_of(request).scope_for(word)
    return queries.subject_of(about_kind=kind, about_id=int(number), scope=scope)


@requires(Word.ATTACH)
@limited("attach", most=120, seconds=600)
def attach(request: HttpRequest) -> HttpResponse:
    """A file is attached to the record that the address names."""
    subject = _subject(request, Word.ATTACH)
    form = AttachForm(request.POST or None, request.FILES or None)

    def act(told: Mapping[str, Any]) -> str:
        actions.attach(
            **told,
            about_kind=subject.kind,
            about_id=subject.id,
            unit_id=subject.unit_id,
            person_id=subject.person_id,
            **by_at(request),
        )
        return f"{subject.href}#attachments"

    page = FormPage.about(
        subject.name, subject.href, say("上传附件"), say("上传这个文件"), said=say("附件已保存。")
    )
    return answer(request, form, page, act=act)


@requires(Word.READ)
def attachment_file(request: HttpRequest, attachment_id: int) -> HttpResponse:
    """The file, to be saved; one that concerns a person asks for the purpose first."""
    row = _row(request, attachment_id)
    if not _is_open(request, row):
        return redirect("attachment-open", row.pk)
    return served(queries.bytes_of(content=row.content), name=row.name, media_type=row.media_type)


@requires(Word.READ)
def attachment_small(request: HttpRequest, attachment_id: int) -> HttpResponse:
    """The small picture of a picture, for the list; none of a picture that concerns a person."""
    row = _row(request, attachment_id)
    if row.thumb is None or row.person_id is not None:
        raise NotVisible
    body = queries.bytes_of(content=row.thumb)
    return served(body, name=row.name, media_type=row.media_type, inline=True)


@requires(Word.OPEN_PERSONAL)
def attachment_open(request: HttpRequest, attachment_id: int) -> HttpResponse:
    """The purpose is said, then the file may be fetched for ten minutes."""
    scope = actor_of(request).scope_for(Word.OPEN_PERSONAL)
    row = queries.attachment_in_scope(attachment_id=attachment_id, scope=scope)

    def act(told: Mapping[str, Any]) -> str:
        actions.open_personal(kind=KIND, object_id=row.pk, **told, **by_at(request))
        return reverse("attachment-file", args=[row.pk])

    page = FormPage(say("打开涉及个人的附件"), say("记下用途并打开"), words=row.name)
    return answer(request, PurposeForm(request.POST or None), page, act=act)


@requires(Word.ATTACH)
def attachment_void(request: HttpRequest, attachment_id: int) -> HttpResponse:
    """The attachment no longer counts."""
    scope = actor_of(request).scope_for(Word.ATTACH)
    row = queries.attachment_in_scope(attachment_id=attachment_id, scope=scope)
    back = queries.subject_of(about_kind=row.about_kind, about_id=row.about_id, scope=scope)

    def act(told: Mapping[str, Any]) -> str:
        actions.void_attachment(attachment_id=row.pk, **told, **by_at(request))
        return f"{back.href}#attachments"

    title, button = say("作废附件“{name}”", name=row.name), say("作废这个附件")
    page = FormPage.about(back.name, back.href, title, button, said=say("附件已作废。"))
    return answer(request, VoidForm(request.POST or None), page, act=act)


def _row(request: HttpRequest, attachment_id: int) -> Attachment:
    scope = actor_of(request).scope_for(Word.READ)
    return queries.attachment_in_scope(attachment_id=attachment_id, scope=scope)


def _is_open(request: HttpRequest, row: Attachment) -> bool:
    if row.person_id is None:
        return True
    return queries.has_opened(kind=KIND, object_id=row.pk, by=actor_of(request), at=clock.now())
