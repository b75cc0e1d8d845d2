from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from niangjia.kernel.dated import ends_after_it_begins, one_a_day
from niangjia.kernel.personal import Held, Kind, Personal, foreign
from niangjia.kernel.words import say

_ACCOUNT, _WHY = Held(Kind.ACCOUNT), say("登录平台、办理工会事务。")
foreign["mfa.Authenticator"] = Personal(
    "user__person_id", _WHY, "account", {"data": Held(Kind.ACCOUNT, shown=False)},
    frozenset({"type", "created_at", "last_used_at"}), row_goes=True, title="动态口令验证器",
    labels={"data": "验证密钥", "type": "种类", "created_at": "绑定时间", "last_used_at": "上次使用时间"},
)  # fmt: skip


class User(AbstractBaseUser):
    """Somebody who logs in: one person's own account, never shared (C5). Rights come from posts only."""

    username = models.CharField("账号", max_length=60, unique=True)
    email = models.EmailField("邮箱", blank=True, default="")
    name = models.CharField("姓名", max_length=50)
    person = models.OneToOneField(
        "people.Person", models.PROTECT, null=True, related_name="+", verbose_name="自然人"
    )
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("须更改密码", default=False)
    locked_reason = models.CharField("停用原因", max_length=200, default="", blank=True)
    created_at = models.DateTimeField("开户时间")

    objects = BaseUserManager["User"]()
    personal = Personal(
        "person_id", _WHY, "account",
        {
            "username": Held(Kind.ACCOUNT, after="erased-{pk}"),
            "email": Held(Kind.CONTACT), "name": Held(Kind.NAME),
            "password": Held(Kind.ACCOUNT, shown=False), "last_login": _ACCOUNT, "locked_reason": _ACCOUNT,
        },
        frozenset({"created_at"}), seen_by="accounts.read", also={"is_active": False},
    )  # fmt: skip

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = "账号"

    def __str__(self) -> str:
        return self.name or self.username


class Opening(models.Model):
    """At which unit an account was opened: an account without a post is still found by whoever keeps it."""

    user = models.OneToOneField(User, models.CASCADE, related_name="opening", verbose_name="账号")
    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="开户组织")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    opened_by = models.BigIntegerField("开户人账号", null=True)
    opened_at = models.DateTimeField("开户时间")
    personal = Personal("user__person_id", _WHY, "account", plain=frozenset({"opened_at"}))

    class Meta:
        verbose_name = "开户登记"
        indexes = (models.Index(fields=["path"], name="opening_path"),)

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.unit_id}"


class Post(models.Model):
    """A role at a unit in a period: where rights come from, and where they end (SC-1).

    A delegated post names the post it was delegated from: named, dated, scope no wider (SC-9). A post that is
    withdrawn before or on its first day is kept, marked as revoked.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name="账号")
    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="组织")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    role = models.CharField("角色", max_length=3)
    title = models.CharField("职务名称", max_length=60, default="", blank=True)
    delegated_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="delegations")
    since = models.DateField("起")
    until = models.DateField("止", null=True)
    revoked_at = models.DateTimeField("撤回时间", null=True)
    granted_by = models.BigIntegerField("授予账号", null=True)
    granted_at = models.DateTimeField("授予时间")
    version = models.PositiveIntegerField("版本", default=1)
    personal = Personal(
        "user__person_id", _WHY, "account", {"title": Held(Kind.WORK)},
        frozenset({"role", "since", "until", "revoked_at", "granted_at"}), seen_by="accounts.read",
    )  # fmt: skip

    class Meta:
        verbose_name = "岗位"
        constraints = (
            ends_after_it_begins("post_days"),
            models.CheckConstraint(
                name="delegation_has_an_end", condition=Q(delegated_from=None) | Q(until__isnull=False)
            ),
            one_a_day("post_once", "user", "unit", "role", condition=Q(revoked_at=None)),
        )
        indexes = (
            models.Index(fields=["user", "since"], name="post_user"),
            models.Index(fields=["path"], name="post_path"),
        )

    def __str__(self) -> str:
        return f"{self.title or self.role} @ {self.unit_id}"
