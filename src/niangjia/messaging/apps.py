from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Messages to people, and the channels that carry them out of the house."""

    name = "niangjia.messaging"
    label = "messaging"
    verbose_name = "消息"
