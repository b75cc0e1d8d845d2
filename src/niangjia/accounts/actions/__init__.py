"""Writes of accounts and posts; every one is journalled."""

from niangjia.accounts.actions.console import (
    add_user_at_console,
    lock_user_at_console,
    log_in_code_at_console,
    reset_user_at_console,
)
from niangjia.accounts.actions.granting import (
    choose_post,
    delegate_post,
    end_post,
    end_posts_at,
    grant_post,
    recall_delegation,
)
from niangjia.accounts.actions.keeping import (
    change_password,
    enrol_totp,
    lock_account,
    reset_password,
    reset_second_factor,
    unlock_account,
)
from niangjia.accounts.actions.opening import one_time_password, open_account

__all__ = [
    "add_user_at_console",
    "change_password",
    "choose_post",
    "delegate_post",
    "end_post",
    "end_posts_at",
    "enrol_totp",
    "grant_post",
    "lock_account",
    "lock_user_at_console",
    "log_in_code_at_console",
    "one_time_password",
    "open_account",
    "recall_delegation",
    "reset_password",
    "reset_second_factor",
    "reset_user_at_console",
    "unlock_account",
]
