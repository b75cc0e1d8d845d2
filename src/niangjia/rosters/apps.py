from django.apps import AppConfig


class RostersConfig(AppConfig):
    """The register by file: which rows may come in, and what each would become."""

    name = "niangjia.rosters"
    label = "rosters"
    verbose_name = "名册文件"
