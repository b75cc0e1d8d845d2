"""Where a person is paid: an officer keeps his account, the person his own; a number opens for a purpose."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.kernel.doors import actor_of, own_only, person_of, requires
from niangjia.kernel.errors import Refused
from niangjia.kernel.forms import FormPage, answer, by_at, complain
from niangjia.kernel.shapes import Act, Crumb, Fact
from niangjia.kernel.words import say
from niangjia.paydesk import forms
from niangjia.paydesk.queries import accounts
from niangjia.payments import actions
from niangjia.payments.permissions import Word
from niangjia.payments.rules import AccountDraft
from niangjia.people import queries as people

if TYPE_CHECKING:
    from niangjia.payments.models import BankAccount

MINE = say("我的款项")


@requires(Word.ACCOUNT)
def person_account(request: HttpRequest, person_id: int) -> HttpResponse:
    """A person's account is kept, and those before it are shown by their tails."""
    scope = actor_of(request).scope_for(Word.ACCOUNT)
    row = people.person_in_scope(person_id=person_id, scope=scope)
    form = forms.GuardedAccountForm(request.POST or None, initial={"holder": row.name})
    here = reverse("person-account", args=[row.pk])
    title = say("收款账户")
    page = FormPage(
        title,
        say("登记为收款账户"),
        crumbs=[Crumb(row.name, reverse("person", args=[row.pk])), Crumb(title)],
        back=reverse("person", args=[row.pk]),
        words=say("以后的款项付到这个账户，原来的账户停用；户名要与收款人（或监护人）姓名一致。"),
        known=[
            Fact(say("收款人"), row.name),
            *accounts.facts_of(person_id=row.pk, reveals=actor_of(request).may(Word.REVEAL, at=row.path)),
        ],
        said=say("收款账户已登记。"),
    )
    return answer(request, form, page, act=_keeping(request, row.pk, here))


def _keeping(request: HttpRequest, person_id: int, goal: str) -> Any:
    def act(told: Mapping[str, Any]) -> str:
        draft = AccountDraft(
            number=told["number"],
            bank=told["bank"],
            holder=told["holder"],
            guardian_id=told.get("guardian"),
            basis=told.get("basis", ""),
            compared=told["compared"],
        )
        actions.keep_account(person_id=person_id, draft=draft, **by_at(request))
        return goal

    return act


@own_only("what is paid to me is mine to know")
def my_payments(request: HttpRequest) -> HttpResponse:
    """What was paid to me, and where I am paid."""
    person_id = person_of(request)
    told = {
        "title": MINE,
        "table": accounts.payments_of(person_id=person_id),
        "facts": accounts.facts_of(person_id=person_id),
        "acts": [Act(say("登记收款账户"), reverse("my-bank-account"), kind="primary")],
        "crumbs": [Crumb(say("我的个人信息"), reverse("my-record")), Crumb(MINE)],
    }
    return render(request, "paydesk/my_payments.html", told)


@own_only("where I am paid is mine to say")
def my_account(request: HttpRequest) -> HttpResponse:
    """I say where I am paid."""
    person_id = person_of(request)
    form = forms.AccountForm(request.POST or None, initial={"holder": actor_of(request).name})
    page = FormPage(
        say("登记收款账户"),
        say("登记为我的收款账户"),
        crumbs=[Crumb(MINE, reverse("my-payments")), Crumb(say("登记收款账户"))],
        back=reverse("my-payments"),
        words=say("帮扶、慰问等款项只付到您本人的账户。号码加密保存，谁看过您都能查到。"),
        known=accounts.facts_of(person_id=person_id),
        said=say("收款账户已登记。"),
        template="paydesk/my_account.html",
    )
    return answer(request, form, page, act=_keeping(request, person_id, page.back))


@requires(Word.REVEAL)
def reveal(request: HttpRequest, person_id: int, account_id: int) -> HttpResponse:
    """A full number, for a purpose; shown on this one page and kept nowhere."""
    scope = actor_of(request).scope_for(Word.REVEAL)
    row = accounts.account_for(person_id=person_id, account_id=account_id, scope=scope)
    form = forms.PurposeForm(request.POST or None)
    page = _reveal_page(row)
    if form.is_bound and form.is_valid():
        try:
            number = actions.reveal_account(account_id=row.pk, **form.cleaned_data, **by_at(request))
        except Refused as error:
            complain(form, error)
        else:
            answered = render(request, "paydesk/revealed.html", {"page": page, "number": number})
            answered["Cache-Control"] = "no-store"
            return answered
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, page.template, {"form": form, "page": page}, status=status)


def _reveal_page(row: "BankAccount") -> FormPage:
    title = say("查看完整账号")
    back = reverse("person-account", args=[row.person_id])
    return FormPage(
        title,
        say("记下用途并查看"),
        crumbs=[Crumb(say("收款账户"), back), Crumb(title)],
        back=back,
        words=say("谁、什么时候、为什么查看，都会记下来，本人可以看到。"),
    )
