from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """A person's rights over what is kept of him: own pages, officers' answers, the data map."""

    name = "niangjia.privacy"
    label = "privacy"
    verbose_name = "个人信息权利"
