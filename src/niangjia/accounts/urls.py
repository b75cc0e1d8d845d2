"""Roads to the faces of this app; the first replaces a page of django-allauth by our own."""

from django.urls import path

from niangjia.accounts.views import acting, listing, posts

urlpatterns = [
    path("account/password/reset/", acting.forgotten, name="account_reset_password"),
    path("act-as/", acting.act_as, name="choose-post"),
    path("act-as/", acting.act_as, name="act-as"),
    path("my-account/", acting.my_account, name="my-account"),
    path("users/", listing.users, name="users"),
    path("users/open/", listing.open_account, name="open-account"),
    path("users/<int:user_id>/", listing.user, name="user"),
    path("users/<int:user_id>/lock/", listing.lock, name="lock-account"),
    path("users/<int:user_id>/unlock/", listing.unlock, name="unlock-account"),
    path("users/<int:user_id>/password/", listing.reset_password, name="reset-password"),
    path("users/<int:user_id>/second-factor/", listing.reset_second_factor, name="reset-second-factor"),
    path("users/<int:user_id>/posts/", posts.choose_unit, name="choose-unit"),
    path("users/<int:user_id>/posts/<int:unit_id>/", posts.grant, name="grant-post"),
    path("posts/<int:post_id>/end/", posts.end_post, name="end-post"),
    path("delegations/", posts.delegations, name="delegations"),
    path("delegate/", posts.delegate, name="delegate"),
    path("delegations/<int:post_id>/end/", posts.end_delegation, name="end-delegation"),
]
