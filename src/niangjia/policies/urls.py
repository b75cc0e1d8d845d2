"""Roads to the faces of the policies."""

from django.urls import path

from niangjia.policies.views import reading, setting

urlpatterns = [
    path("policies/", reading.policies, name="policies"),
    path("policies/values/<int:value_id>/end/", setting.policy_end, name="policy-end"),
    path("policies/values/<int:value_id>/withdraw/", setting.policy_withdraw, name="policy-withdraw"),
    path("policies/<str:key>/", reading.policy_of, name="policy"),
    path("policies/<str:key>/set/", setting.policy_set, name="policy-set"),
]
