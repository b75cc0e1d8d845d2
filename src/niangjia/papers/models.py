from django.db import models
from django.db.models import Q

from niangjia.kernel.columns import choices, one_of
from niangjia.kernel.personal import Held, Kind, Personal
from niangjia.kernel.words import say
from niangjia.papers.rules import ATTACHMENT_LABELS, AttachmentKind

_WHY = say("办理本人的事项，留存依据。")
_REASON = Held(Kind.WORDS, stays=say("作废的事由要留着，说明它为什么不再有效。"))
_OPENED_BY = "papers.open_personal"

_WHY = say("留存办理事项的材料和出具的文书。")
_VOIDED = Held(Kind.TRACE, stays=say("作废须留事由"))


class Content(models.Model):
    """The bytes of an attachment or a paper, apart from the rows of lists; sealed if they concern a person.

    `sha256` is of the bytes as they are handed out.
    """

    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="组织")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    body = models.BinaryField("内容")
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField("指纹", max_length=64)

    personal = Personal(
        "person_id", _WHY, "paper", {"body": Held(Kind.WORDS, shown=False)}, frozenset({"sha256"})
    )

    class Meta:
        verbose_name = "文件内容"

    def __str__(self) -> str:
        return f"{self.size} B"


def _voided(name: str) -> models.CheckConstraint:
    """Void is said with a reason and a moment, or not at all."""
    stands = Q(voided_at=None, void_reason="")
    return models.CheckConstraint(
        name=name, condition=stands | (Q(voided_at__isnull=False) & ~Q(void_reason=""))
    )


class Attachment(models.Model):
    """A file that hangs on a record of any app, named by its kind and number; deleting is voiding."""

    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="组织")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    about_kind = models.CharField("事项类别", max_length=60)
    about_id = models.BigIntegerField("事项编号")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    kind = models.CharField("种类", max_length=12, choices=choices(ATTACHMENT_LABELS))
    name = models.CharField("文件名", max_length=130)
    media_type = models.CharField("类型", max_length=100)
    given_sha256 = models.CharField("上传时的指纹", max_length=64)
    content = models.OneToOneField(Content, models.PROTECT, related_name="+")
    thumb = models.OneToOneField(Content, models.PROTECT, null=True, related_name="+")
    width = models.PositiveIntegerField("宽", null=True)
    height = models.PositiveIntegerField("高", null=True)
    attached_by = models.BigIntegerField("上传账号", null=True)
    attached_at = models.DateTimeField("上传时间")
    voided_by = models.BigIntegerField("作废账号", null=True)
    voided_at = models.DateTimeField("作废时间", null=True)
    void_reason = models.CharField("作废事由", max_length=500, default="")

    personal = Personal(
        "person_id",
        _WHY,
        "paper",
        {"name": Held(Kind.WORDS, after="（已删除）"), "void_reason": _VOIDED},
        frozenset({"about_kind", "kind", "media_type", "given_sha256", "attached_at", "voided_at"}),
    )

    class Meta:
        verbose_name = "附件"
        constraints = (
            one_of("attachment_kind", "kind", AttachmentKind),
            _voided("attachment_voided"),
            models.UniqueConstraint(
                fields=["about_kind", "about_id", "given_sha256"],
                condition=Q(voided_at=None),
                name="attachment_once",
            ),
        )
        indexes = (
            models.Index(fields=["about_kind", "about_id"], name="attachment_about"),
            models.Index(fields=["path", "id"], name="attachment_path"),
        )

    def __str__(self) -> str:
        return self.name


class Series(models.Model):
    """The last number given in a series of a union and year; its row is the lock that keeps it gapless."""

    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="组织")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    name = models.CharField("字头", max_length=12)
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("已用到")

    class Meta:
        verbose_name = "文书编号"
        constraints = (models.UniqueConstraint(fields=["unit", "name", "year"], name="series_once"),)

    def __str__(self) -> str:
        return f"{self.name}-{self.unit_id}-{self.year}: {self.last}"


class Paper(models.Model):
    """A generated document: its number and code, the PDF as issued, and the values it was made from."""

    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="组织")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    template = models.CharField("模板", max_length=60)
    edition = models.CharField("模板版本", max_length=16)
    title = models.CharField("名称", max_length=120)
    issuer = models.CharField("出具组织", max_length=120)
    series = models.CharField("字头", max_length=12)
    year = models.PositiveSmallIntegerField("年份")
    sequence = models.PositiveIntegerField("序号")
    number = models.CharField("编号", max_length=60, unique=True)
    code = models.CharField("校验码", max_length=12)
    about_kind = models.CharField("事项类别", max_length=60)
    about_id = models.BigIntegerField("事项编号")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    pdf = models.OneToOneField(Content, models.PROTECT, related_name="+")
    told = models.OneToOneField(Content, models.PROTECT, related_name="+", verbose_name="所填内容")
    sha256 = models.CharField("PDF 指纹", max_length=64)
    issued_on = models.DateField("出具日")
    issued_by = models.BigIntegerField("出具账号", null=True)
    issued_at = models.DateTimeField("出具时间")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    voided_by = models.BigIntegerField("作废账号", null=True)
    voided_at = models.DateTimeField("作废时间", null=True)
    void_reason = models.CharField("作废事由", max_length=500, default="")

    personal = Personal(
        "person_id",
        _WHY,
        "paper",
        {"title": Held(Kind.WORDS, stays=say("文书名称不含姓名，编号须可核验")), "void_reason": _VOIDED},
        frozenset(
            {
                *("template", "edition", "issuer", "series", "number", "code", "about_kind", "sha256"),
                *("issued_on", "issued_at", "voided_at"),
            }
        ),
    )

    class Meta:
        verbose_name = "文书"
        constraints = (
            _voided("paper_voided"),
            models.UniqueConstraint(fields=["unit", "series", "year", "sequence"], name="paper_sequence"),
        )
        indexes = (
            models.Index(fields=["about_kind", "about_id"], name="paper_about"),
            models.Index(fields=["path", "id"], name="paper_path"),
        )

    def __str__(self) -> str:
        return f"{self.title} {self.number}"
