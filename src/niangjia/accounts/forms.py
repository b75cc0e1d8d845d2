"""Shape of what is typed about accounts and posts."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.accounts.rules import ROLE_NAMES
from niangjia.kernel.access import Role


class Day(forms.DateField):
    """A day, typed or picked."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)


class AccountFilterForm(forms.Form):
    """What the list of accounts is narrowed to."""

    name = forms.CharField(label=_("姓名或账号"), required=False, max_length=60)
    role = forms.ChoiceField(label=_("岗位"), required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部")), ("active", _("启用")), ("locked", _("已停用"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(role.value, gettext(name)) for role, name in ROLE_NAMES.items() if role is not Role.PUB]
        self.fields["role"].choices = [("", gettext("全部")), *named]  # type: ignore[attr-defined]


class OpenAccountForm(forms.Form):
    """An account for one person; its password is made here and told once."""

    name = forms.CharField(label=_("姓名"), max_length=50, help_text=_("与身份证上的写法一致。"))
    username = forms.CharField(
        label=_("账号"),
        max_length=60,
        help_text=_("登录时输入，不分大小写，例如 chen.li；一人一个，不能共用。"),
    )


class GrantForm(forms.Form):
    """A post at a unit that was chosen before."""

    role = forms.ChoiceField(label=_("岗位"))
    title = forms.CharField(
        label=_("职务名称"),
        max_length=60,
        required=False,
        help_text=_("例如“帮扶专干”；不填就用岗位的名称。"),
    )
    since = Day(label=_("从哪天起"))
    until = Day(
        label=_("到哪天止"), required=False, help_text=_("这一天起不再有这个岗位的权限；不知道可以不填。")
    )

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(role.value, gettext(ROLE_NAMES[role])) for role in roles]
        self.fields["role"].choices = [("", gettext("请选择")), *named]  # type: ignore[attr-defined]


class EndPostForm(forms.Form):
    """From which day a post carries nothing, and why."""

    until = Day(label=_("从哪天起终止"), help_text=_("填今天，权限马上收回。"))
    reason = forms.CharField(label=_("事由"), max_length=200, help_text=_("例如“换届”“调离”。"))


class DelegateForm(forms.Form):
    """Who stands in, and for which days; both name and account, so that nobody is taken for another."""

    name = forms.CharField(label=_("受托人姓名"), max_length=50)
    username = forms.CharField(label=_("受托人账号"), max_length=60)
    since = Day(label=_("从哪天起"))
    until = Day(label=_("到哪天止"), help_text=_("这一天起委托自动结束。"))


class ReasonForm(forms.Form):
    """Why an account is locked."""

    reason = forms.CharField(label=_("停用原因"), max_length=200, help_text=_("例如“调离工会岗位”。"))


class PostChoiceForm(forms.Form):
    """The post to act in."""

    post = forms.IntegerField(min_value=0)


class ConfirmForm(forms.Form):
    """Nothing to fill in: the button alone."""


def posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, so that an empty form counts as sent too."""
    return request.POST if request.method == "POST" else None
