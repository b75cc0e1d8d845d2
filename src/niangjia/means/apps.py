from django.apps import AppConfig


class MeansConfig(AppConfig):
    """The economic check 家庭经济状况核对: who agreed, what was asked, what was answered."""

    name = "niangjia.means"
    label = "means"
    verbose_name = "家庭经济状况核对"
