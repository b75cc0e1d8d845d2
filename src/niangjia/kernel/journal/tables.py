"""Tables of the journal; `kernel.models` hands them on to Django and to readers."""

import json
from functools import cached_property
from typing import Any, ClassVar

from django.db import models


class LineManager(models.Manager["JournalLine"]):
    """Lines come with their values, in the one query."""

    def get_queryset(self) -> models.QuerySet["JournalLine"]:
        """Every line that may be seen."""
        return super().get_queryset().select_related("kept")


class JournalLine(models.Model):
    """One action: who, acting in which post, verb, what, when; what it changed stands in its values.

    Ids are plain, never foreign keys: the journal outlives what it tells of. The table is append-only;
    `digest` is the salted digest of the values, or nothing where there are none.
    """

    at = models.DateTimeField("时间")
    user_id = models.BigIntegerField("账号", null=True)
    post_id = models.BigIntegerField("岗位", null=True)
    unit_id = models.BigIntegerField("以何组织名义", null=True)
    verb = models.CharField("动作", max_length=60)
    kind = models.CharField("对象类别", max_length=60)
    object_id = models.BigIntegerField("对象编号", null=True)
    digest = models.BinaryField("值的指纹", max_length=32, null=True)

    objects: ClassVar[LineManager] = LineManager()

    class Meta:
        verbose_name = "日志"
        base_manager_name = "objects"
        indexes = (
            models.Index(fields=["kind", "object_id", "id"], name="journal_object"),
            models.Index(fields=["unit_id", "id"], name="journal_unit"),
            models.Index(fields=["at", "id"], name="journal_at"),
            models.Index(fields=["verb", "id"], name="journal_verb"),
        )

    def __str__(self) -> str:
        return f"{self.verb} {self.kind} {self.object_id}"

    @cached_property
    def told(self) -> dict[str, Any]:
        """Before, after and reason; empty where there were none or they are erased."""
        kept = getattr(self, "kept", None)
        return json.loads(kept.body) if kept is not None and kept.body else {}

    @property
    def before(self) -> dict[str, Any]:
        """The values before."""
        return dict(self.told.get("before", {}))

    @property
    def after(self) -> dict[str, Any]:
        """The values after."""
        return dict(self.told.get("after", {}))

    @property
    def reason(self) -> str:
        """Why."""
        return str(self.told.get("reason", ""))

    @property
    def is_erased(self) -> bool:
        """True if there were values that were erased since."""
        kept = getattr(self, "kept", None)
        return kept is not None and kept.erasure_id is not None


class JournalValues(models.Model):
    """What a line tells beyond its ids, with the salt of its digest; erasing leaves a tombstone.

    A tombstone names the line of the erasure. The database lets a row become a tombstone and nothing else.
    `rows` holds the key and the leaf hashes of a bulk's rows.
    """

    line = models.OneToOneField(
        JournalLine, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="kept"
    )
    salt = models.BinaryField("盐", max_length=16, null=True)
    body = models.TextField("值", null=True)  # noqa: DJ001 - nothing is not the empty text: it was erased
    rows = models.BinaryField("各行指纹", null=True)
    person_id = models.BigIntegerField("关于哪个自然人", null=True)
    erasure_id = models.BigIntegerField("删除它的日志", null=True)
    erased_at = models.DateTimeField("删除时间", null=True)

    class Meta:
        verbose_name = "日志的值"
        indexes = (
            models.Index(
                fields=["person_id"], name="journal_person", condition=models.Q(person_id__isnull=False)
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="journal_values_or_tombstone",
                condition=models.Q(salt__isnull=False, body__isnull=False, erasure_id=None, erased_at=None)
                | models.Q(
                    salt=None, body=None, rows=None, erasure_id__isnull=False, erased_at__isnull=False
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.line_id)


class JournalLeaf(models.Model):
    """A sealed line's place in the tree and its leaf hash."""

    index = models.BigIntegerField("叶序", primary_key=True)
    line_id = models.BigIntegerField("日志编号", unique=True)
    hash = models.BinaryField("叶指纹", max_length=32)

    class Meta:
        verbose_name = "日志的叶"

    def __str__(self) -> str:
        return str(self.index)


class JournalNode(models.Model):
    """The hash of a complete subtree of 256, 65,536, … leaves; `place` is level * 2^48 + index."""

    place = models.BigIntegerField("位置", primary_key=True)
    hash = models.BinaryField("指纹", max_length=32)

    class Meta:
        verbose_name = "日志的节点"

    def __str__(self) -> str:
        return str(self.place)


class JournalHead(models.Model):
    """A signed head of the tree; `last_line` is the highest line number sealed so far."""

    number = models.BigIntegerField("序号", primary_key=True)
    log = models.CharField("日志标识", max_length=32)
    size = models.BigIntegerField("叶数", unique=True)
    root = models.BinaryField("根", max_length=32)
    at = models.DateTimeField("时间")
    previous = models.BinaryField("上一个头的指纹", max_length=32)
    key = models.BinaryField("公钥", max_length=32)
    signature = models.BinaryField("签名", max_length=64)
    last_line = models.BigIntegerField("最大日志编号")

    class Meta:
        verbose_name = "日志头"
        indexes = (models.Index(fields=["at"], name="journal_head_at"),)

    def __str__(self) -> str:
        return f"{self.number}: {self.size}"
