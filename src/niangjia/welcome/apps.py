from django.apps import AppConfig


class WelcomeConfig(AppConfig):
    """The pages on which a worker joins by himself: three screens, or an officer at the door."""

    name = "niangjia.welcome"
    label = "welcome"
    verbose_name = "入会大厅"
