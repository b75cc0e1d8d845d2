from typing import Any

from django.db import models

from niangjia.exchange.rules.verdicts import Fate, Leave, State, Verdict
from niangjia.kernel.columns import one_of


class StoredFile(models.Model):
    """A file kept for a while, sealed under a key of its own, in pieces (`Piece`)."""

    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="组织")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    user_id = models.BigIntegerField("账号", null=True)
    name = models.CharField("文件名", max_length=200)
    kind = models.CharField("格式", max_length=4)
    size = models.PositiveIntegerField("字节数")
    unpacked = models.PositiveIntegerField("展开后字节数", default=0)
    sha256 = models.CharField("文件指纹", max_length=64)
    salt = models.CharField(max_length=32)
    made_at = models.DateTimeField("存入时间")
    expires_at = models.DateTimeField("到期时间")

    class Meta:
        verbose_name = "文件"
        indexes = (
            models.Index(fields=["sha256"], name="exchange_file_hash"),
            models.Index(fields=["expires_at"], name="exchange_file_expires"),
        )

    def __str__(self) -> str:
        return self.name


class Piece(models.Model):
    """A sealed piece of a file."""

    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["file", "number"], name="exchange_piece_once"),)

    def __str__(self) -> str:
        return f"{self.file_id}:{self.number}"


def _file(related: str) -> Any:
    return models.ForeignKey(StoredFile, models.SET_NULL, null=True, related_name=related)


class Batch(models.Model):
    """A file that comes in: checked, then entered, perhaps taken back; its rows stand in `Row`."""

    kind = models.CharField("种类", max_length=40)
    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="组织")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    user_id = models.BigIntegerField("账号", null=True)
    post_id = models.BigIntegerField("岗位", null=True)
    who = models.CharField("经办人", max_length=80)
    file = _file("batches")
    file_name = models.CharField("文件名", max_length=200)
    file_size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField("文件指纹", max_length=64)
    state = models.CharField("状态", max_length=12, default=State.CHECKING)
    trouble = models.JSONField("原因", default=list)
    header = models.JSONField("表头", default=dict)
    counts = models.JSONField("检查结果", default=dict)
    fates = models.JSONField("办理结果", default=dict)
    rows_read = models.PositiveIntegerField("已读行数", default=0)
    rows_done = models.PositiveIntegerField("已办行数", default=0)
    reason = models.CharField("事由", max_length=500, default="")
    digest = models.CharField("内容指纹", max_length=64, default="")
    tries = models.PositiveSmallIntegerField("重试次数", default=0)
    created_at = models.DateTimeField("上传时间")
    beat_at = models.DateTimeField("最近进展")
    checked_at = models.DateTimeField("检查完成时间", null=True)
    committed_at = models.DateTimeField("入册时间", null=True)
    undone_at = models.DateTimeField("撤回时间", null=True)

    class Meta:
        verbose_name = "导入批次"
        constraints = (one_of("exchange_batch_state", "state", State),)
        indexes = (
            models.Index(fields=["path", "id"], name="exchange_batch_path"),
            models.Index(fields=["kind", "sha256"], name="exchange_batch_hash"),
            models.Index(fields=["state", "beat_at"], name="exchange_batch_beat"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"


class Chunk(models.Model):
    """Some thousand rows of a batch: the ledger that makes every step happen once, whatever is killed."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    digest = models.BinaryField()
    committed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["batch", "number"], name="exchange_chunk_once"),)

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}"


class Row(models.Model):
    """A row of a file: its verdict and its fate. What stands in it is sealed."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    chunk = models.PositiveIntegerField()
    number = models.PositiveIntegerField("行号")
    verdict = models.CharField("检查结果", max_length=10)
    fate = models.CharField("办理结果", max_length=8, default=Fate.WAITING)
    is_chosen = models.BooleanField("选中", default=True)
    content = models.BinaryField("内容")
    key = models.BinaryField(null=True)
    leaf = models.BinaryField()
    target_id = models.BigIntegerField("记录编号", null=True)
    target_version = models.PositiveIntegerField("记录版本", default=0)
    before = models.BinaryField(null=True)
    words = models.BinaryField(null=True)

    class Meta:
        verbose_name = "导入行"
        constraints = (
            models.UniqueConstraint(fields=["batch", "number"], name="exchange_row_once"),
            one_of("exchange_row_verdict", "verdict", Verdict),
            one_of("exchange_row_fate", "fate", Fate),
        )
        indexes = (
            models.Index(fields=["batch", "verdict", "number"], name="exchange_row_place"),
            models.Index(fields=["batch", "chunk"], name="exchange_row_chunk"),
            models.Index(
                fields=["batch", "key"], name="exchange_row_key", condition=models.Q(key__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.number}"


class Leaving(models.Model):
    """A list that goes out: who asked for it, for what purpose, who agreed, until when it can be fetched."""

    kind = models.CharField("种类", max_length=40)
    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="组织")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    user_id = models.BigIntegerField("账号", null=True)
    post_id = models.BigIntegerField("岗位", null=True)
    who = models.CharField("申请人", max_length=80)
    asked = models.JSONField("筛选条件", default=dict)
    format = models.CharField("格式", max_length=4)
    purpose = models.CharField("用途", max_length=200, default="")
    is_personal = models.BooleanField("含个人信息", default=False)
    state = models.CharField("状态", max_length=8, default=Leave.RUNNING)
    trouble = models.JSONField("原因", default=list)
    rows = models.PositiveIntegerField("行数", default=0)
    rows_done = models.PositiveIntegerField("已写行数", default=0)
    limit = models.PositiveIntegerField("须第二人批准的行数", default=0)
    decided_by = models.BigIntegerField("批准账号", null=True)
    decider = models.CharField("批准人", max_length=80, default="")
    decided_at = models.DateTimeField("批准时间", null=True)
    decision = models.CharField("批准意见", max_length=500, default="")
    file = _file("leavings")
    downloads = models.PositiveIntegerField("下载次数", default=0)
    tries = models.PositiveSmallIntegerField("重试次数", default=0)
    created_at = models.DateTimeField("申请时间")
    beat_at = models.DateTimeField("最近进展")
    ready_at = models.DateTimeField("生成时间", null=True)

    class Meta:
        verbose_name = "导出"
        constraints = (
            one_of("exchange_leaving_state", "state", Leave),
            models.CheckConstraint(
                name="exchange_leaving_four_eyes",
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("user_id")),
            ),
        )
        indexes = (
            models.Index(fields=["path", "id"], name="exchange_leaving_path"),
            models.Index(fields=["state", "beat_at"], name="exchange_leaving_beat"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.created_at}"
