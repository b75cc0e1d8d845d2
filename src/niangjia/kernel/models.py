from django.db import models

from niangjia.kernel.journal.tables import JournalHead, JournalLeaf, JournalLine, JournalNode, JournalValues
from niangjia.kernel.sealing.tables import PersonKey

__all__ = [
    "Answer",
    "JournalHead",
    "JournalLeaf",
    "JournalLine",
    "JournalNode",
    "JournalValues",
    "PersonKey",
    "Visits",
]


class Answer(models.Model):
    """What was answered to a form that counts once: found by its key alone, readable with its key alone."""

    key = models.BinaryField("表单钥", max_length=32, primary_key=True)
    content = models.BinaryField("内容指纹", max_length=32)
    sealed = models.BinaryField("答复（密封）", null=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "表单答复"
        indexes = (models.Index(fields=["at"], name="answer_at"),)

    def __str__(self) -> str:
        return f"{self.at:%F %T}"


class Visits(models.Model):
    """How often one visitor did one thing inside one window of time."""

    bucket = models.BinaryField("来访者指纹", max_length=32, primary_key=True)
    ends_at = models.DateTimeField("窗口止")
    count = models.PositiveIntegerField("次数")

    class Meta:
        verbose_name = "来访次数"
        indexes = (models.Index(fields=["ends_at"], name="visits_end"),)

    def __str__(self) -> str:
        return f"{self.count} → {self.ends_at:%F %T}"
