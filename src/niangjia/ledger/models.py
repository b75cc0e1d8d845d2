"""Tables of the ledger: books, accounts, funds, years, entries, postings, balances, vouchers."""

from django.db import models
from django.db.models import F, Q

from niangjia.kernel.columns import choices, one_of
from niangjia.kernel.dated import ends_after_it_begins
from niangjia.ledger.rules import (
    CLASS_LABELS,
    FUND_LABELS,
    KIND_LABELS,
    EntryKind,
    FundKind,
    Klass,
    VoucherState,
)


class Book(models.Model):
    """The book 账簿 of a union; a memo book 备查簿 holds other people's money and is never summed with it."""

    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="工会")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    memo = models.BooleanField("备查簿", default=False)
    title = models.CharField("名称", max_length=160)
    opened_on = models.DateField("启用日")
    closed_through = models.DateField("已结账至", null=True)
    ended_on = models.DateField("停用日", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "账簿"
        constraints = (
            models.UniqueConstraint(fields=["unit", "memo"], name="ledger_book_once"),
            models.CheckConstraint(
                name="ledger_book_ends_after_it_opens",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("opened_on")),
            ),
        )
        indexes = (models.Index(fields=["path"], name="ledger_book_path"),)

    def __str__(self) -> str:
        return self.title


class Account(models.Model):
    """An account 科目 of a book; one `by_order` is debited by payments that name their order alone."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="accounts", db_index=False)
    code = models.CharField("科目代号", max_length=12, db_collation="C")
    name = models.CharField("科目名称", max_length=60)
    klass = models.CharField("类别", max_length=10, choices=choices(CLASS_LABELS))
    by_order = models.BooleanField("只凭支付单列支", default=False)

    class Meta:
        verbose_name = "科目"
        constraints = (
            one_of("ledger_account_class", "klass", Klass),
            models.UniqueConstraint(fields=["book", "code"], name="ledger_account_once"),
            models.CheckConstraint(
                name="ledger_account_by_order_is_expense",
                condition=Q(by_order=False) | Q(klass=Klass.EXPENSE),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Fund(models.Model):
    """A source of funds 资金来源 in a book; a restricted one serves its purpose and never runs short."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="funds", db_index=False)
    code = models.CharField("代号", max_length=12, db_collation="C")
    name = models.CharField("名称", max_length=80)
    kind = models.CharField("种类", max_length=20, choices=choices(FUND_LABELS))
    restricted = models.BooleanField("专款专用", default=True)
    purpose = models.CharField("用途", max_length=300, default="", blank=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True)

    class Meta:
        verbose_name = "资金来源"
        constraints = (
            one_of("ledger_fund_kind", "kind", FundKind),
            ends_after_it_begins("ledger_fund_days"),
            models.UniqueConstraint(fields=["book", "code"], name="ledger_fund_once"),
        )

    def __str__(self) -> str:
        return self.name


class BookYear(models.Model):
    """A year of a book: how many entries it has, and, once closed, the statement that stays as it was."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="years", db_index=False)
    year = models.SmallIntegerField("年度")
    last_number = models.IntegerField("最后凭证号", default=0, db_default=0)
    closed_at = models.DateTimeField("结账时间", null=True)
    closed_by = models.BigIntegerField("结账账号", null=True)
    statement = models.JSONField("年度报表", null=True)

    class Meta:
        verbose_name = "会计年度"
        constraints = (
            models.UniqueConstraint(fields=["book", "year"], name="ledger_year_once"),
            models.CheckConstraint(
                name="ledger_year_closed_has_statement",
                condition=Q(closed_at__isnull=True, statement__isnull=True)
                | Q(closed_at__isnull=False, statement__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.book_id} {self.year}"


class Entry(models.Model):
    """An entry 凭证: numbered without a gap in its book and year, balanced in every fund, never changed."""

    book = models.ForeignKey(
        Book, models.PROTECT, related_name="entries", db_index=False, db_constraint=False
    )
    year = models.SmallIntegerField("年度")
    number = models.IntegerField("凭证号")
    on = models.DateField("日期", db_column="entered_on")
    kind = models.CharField("种类", max_length=10, choices=choices(KIND_LABELS))
    words = models.CharField("摘要", max_length=200)
    lines = models.SmallIntegerField("分录数")
    about_kind = models.CharField("事由种类", max_length=60, default="", blank=True)
    about_id = models.BigIntegerField("事由", null=True)
    key = models.CharField("幂等键", max_length=120, db_collation="C")
    contra_of = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="contras", db_index=False, db_constraint=False
    )
    reason = models.CharField("冲销或更正的理由", max_length=300, default="", blank=True)
    erratum_year = models.SmallIntegerField("更正的年度", null=True)
    made_by = models.BigIntegerField("制单账号", null=True)
    checked_by = models.BigIntegerField("复核账号", null=True)
    posted_at = models.DateTimeField("记账时间")

    class Meta:
        verbose_name = "凭证"
        constraints = (
            one_of("ledger_entry_kind", "kind", EntryKind),
            models.UniqueConstraint(fields=["book", "year", "number"], name="ledger_entry_number"),
            models.UniqueConstraint(fields=["key", "book"], name="ledger_entry_key"),
            models.UniqueConstraint(
                fields=["contra_of"], condition=Q(contra_of__isnull=False), name="ledger_contra_once"
            ),
            models.CheckConstraint(name="ledger_entry_year", condition=Q(year=F("on__year"))),
            models.CheckConstraint(name="ledger_entry_two_lines", condition=Q(lines__gte=2)),
            models.CheckConstraint(
                name="ledger_entry_about",
                condition=Q(about_kind="", about_id__isnull=True)
                | (~Q(about_kind="") & Q(about_id__isnull=False)),
            ),
            models.CheckConstraint(
                name="ledger_entry_contra",
                condition=Q(kind=EntryKind.CONTRA, contra_of__isnull=False)
                | (~Q(kind=EntryKind.CONTRA) & Q(contra_of__isnull=True)),
            ),
            models.CheckConstraint(
                name="ledger_entry_four_eyes",
                condition=Q(made_by__isnull=True) | Q(checked_by__isnull=True) | ~Q(made_by=F("checked_by")),
            ),
            models.CheckConstraint(
                name="ledger_entry_checked",
                condition=Q(kind__in=[EntryKind.CONTRA, EntryKind.CLOSE, EntryKind.PAYMENT])
                | Q(checked_by__isnull=False)
                | Q(made_by__isnull=True),
            ),
            models.CheckConstraint(
                name="ledger_payment_has_both",
                condition=~Q(kind=EntryKind.PAYMENT) | Q(made_by__isnull=False, checked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="ledger_entry_reason",
                condition=~Q(kind__in=[EntryKind.CONTRA, EntryKind.CORRECTION]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="ledger_erratum_of_an_earlier_year",
                condition=Q(erratum_year__isnull=True) | Q(erratum_year__lt=F("year")),
            ),
        )
        indexes = (
            models.Index(
                fields=["about_kind", "about_id"], name="ledger_entry_of", condition=Q(about_id__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"


class Posting(models.Model):
    """A line of an entry: fen in an account and a fund, debit positive, credit negative, never nought.

    Entries, accounts, funds and books are never deleted (triggers), and `ledger_enter` finds them for every
    line: foreign keys would ask the same again, at the price of half a batch (ADR 27).
    """

    pk = models.CompositePrimaryKey("entry_id", "line")
    book = models.ForeignKey(Book, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    entry = models.ForeignKey(
        Entry, models.PROTECT, related_name="postings", db_index=False, db_constraint=False
    )
    line = models.SmallIntegerField("行")
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    fen = models.BigIntegerField("金额（分）")
    source = models.CharField("来源", max_length=120, default="", blank=True)

    class Meta:
        verbose_name = "分录"
        constraints = (
            models.CheckConstraint(name="ledger_posting_not_nought", condition=~Q(fen=0) & Q(line__gte=1)),
        )
        indexes = (models.Index(fields=["account", "fund", "entry"], name="ledger_posting_account"),)

    def __str__(self) -> str:
        return f"{self.entry_id}/{self.line} {self.fen}"


class Balance(models.Model):
    """What stands in an account and a fund: kept with every posting, equal to their recount."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="+")
    fen = models.BigIntegerField("余额（分）")
    postings = models.BigIntegerField("分录数")
    floor = models.BooleanField("不得为负", default=False)

    class Meta:
        verbose_name = "余额"
        constraints = (models.UniqueConstraint(fields=["account", "fund"], name="ledger_balance_once"),)

    def __str__(self) -> str:
        return f"{self.account_id}/{self.fund_id} {self.fen}"


class Voucher(models.Model):
    """A voucher 待复核凭证 that somebody proposes; it becomes an entry when another person has checked it."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="vouchers")
    on = models.DateField("日期", db_column="entered_on")
    kind = models.CharField("种类", max_length=10, choices=choices(KIND_LABELS))
    words = models.CharField("摘要", max_length=200)
    postings = models.JSONField("分录")
    reason = models.CharField("更正的理由", max_length=300, default="", blank=True)
    erratum_year = models.PositiveSmallIntegerField("更正的年度", null=True)
    state = models.CharField("状态", max_length=10, default=VoucherState.PROPOSED)
    made_by = models.BigIntegerField("制单账号", null=True)
    made_at = models.DateTimeField("制单时间")
    decided_by = models.BigIntegerField("复核账号", null=True)
    decided_at = models.DateTimeField("复核时间", null=True)
    answer = models.CharField("退回的理由", max_length=300, default="", blank=True)
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="voucher")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "待复核凭证"
        constraints = (
            one_of("ledger_voucher_state", "state", VoucherState),
            one_of("ledger_voucher_kind", "kind", EntryKind),
            models.CheckConstraint(
                name="ledger_voucher_posted_has_entry",
                condition=Q(state=VoucherState.POSTED, entry__isnull=False, decided_by__isnull=False)
                | (~Q(state=VoucherState.POSTED) & Q(entry__isnull=True)),
            ),
            models.CheckConstraint(
                name="ledger_voucher_four_eyes",
                condition=~Q(state=VoucherState.POSTED)
                | Q(made_by__isnull=True)
                | ~Q(made_by=F("decided_by")),
            ),
        )
        indexes = (models.Index(fields=["book", "state"], name="ledger_voucher_state"),)

    def __str__(self) -> str:
        return f"{self.words} {self.on}"
