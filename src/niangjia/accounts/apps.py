from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who log in, and their posts: a role at a unit, dated."""

    name = "niangjia.accounts"
    label = "accounts"
    verbose_name = "账号与岗位"
