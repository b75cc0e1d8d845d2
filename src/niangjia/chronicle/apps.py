from django.apps import AppConfig


class ChronicleConfig(AppConfig):
    """The journal as people read it: a record's life, the auditor's search, heads to check."""

    name = "niangjia.chronicle"
    label = "chronicle"
    verbose_name = "操作日志"
