"""Writes of needy-worker files that leave a paper behind."""

from niangjia.dossiers.actions.papers import confirm_end, enter_file, finish_review, print_form

__all__ = ["confirm_end", "enter_file", "finish_review", "print_form"]
