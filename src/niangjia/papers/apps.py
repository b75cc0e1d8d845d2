from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Attachments and generated documents with numbers and verification codes."""

    name = "niangjia.papers"
    label = "papers"
    verbose_name = "附件与文书"
