"""Tables of bank statements: what was read, and its lines, each once."""

from django.db import models
from django.db.models import F, Q


class BankStatement(models.Model):
    """A statement of the bank that was read: of one account of one book, from a day to a day."""

    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="工会")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    book = models.ForeignKey("ledger.Book", models.PROTECT, related_name="+", verbose_name="账簿")
    bank_code = models.CharField("银行科目", max_length=12, db_collation="C")
    first = models.DateField("起")
    last = models.DateField("止")
    rows = models.PositiveIntegerField("行数")
    fresh = models.PositiveIntegerField("新增行数")
    sha256 = models.CharField("文件指纹", max_length=64, default="", blank=True)
    read_by = models.BigIntegerField("读取账号", null=True)
    read_at = models.DateTimeField("读取时间")

    class Meta:
        verbose_name = "银行对账单"
        constraints = (models.CheckConstraint(name="bank_statement_days", condition=Q(last__gte=F("first"))),)
        indexes = (models.Index(fields=["path", "-read_at", "id"], name="bank_statement_path"),)

    def __str__(self) -> str:
        return f"{self.first} {self.last}"


class StatementLine(models.Model):
    """A line of a statement, once however often it is read; its words sealed, for they may name people."""

    statement = models.ForeignKey(BankStatement, models.PROTECT, related_name="lines")
    book = models.ForeignKey("ledger.Book", models.PROTECT, related_name="+", db_index=False)
    bank_code = models.CharField("银行科目", max_length=12, db_collation="C")
    on = models.DateField("交易日期", db_column="happened_on")
    fen = models.BigIntegerField("金额（分）")
    balance_fen = models.BigIntegerField("余额（分）", null=True)
    serial = models.CharField("流水号", max_length=60, default="", blank=True)
    words = models.BinaryField("摘要（密封）")
    mark = models.CharField("识别码", max_length=64)

    class Meta:
        verbose_name = "对账单明细"
        constraints = (
            models.UniqueConstraint(fields=["book", "bank_code", "mark"], name="statement_line_once"),
            models.CheckConstraint(name="statement_line_not_nought", condition=~Q(fen=0)),
        )
        indexes = (models.Index(fields=["book", "bank_code", "on", "id"], name="statement_line_day"),)

    def __str__(self) -> str:
        return f"{self.on} {self.fen}"
