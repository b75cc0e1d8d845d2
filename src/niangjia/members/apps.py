from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Who is a member where and since when: every worker counted once."""

    name = "niangjia.members"
    label = "members"
    verbose_name = "会员"
