from django.apps import AppConfig


class FoundingConfig(AppConfig):
    """A union is founded: asked for, reviewed, prepared, elected, approved."""

    name = "niangjia.founding"
    label = "founding"
    verbose_name = "建会"
