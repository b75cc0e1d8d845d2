from django.apps import AppConfig


class EnrolmentConfig(AppConfig):
    """Members by file: which rows may come in, what each would become, and how the roll goes out."""

    name = "niangjia.enrolment"
    label = "enrolment"
    verbose_name = "会员名册文件"
