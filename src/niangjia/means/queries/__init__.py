"""Reads of the economic check."""

from niangjia.means.queries.pages import BatchList, BatchPage, batch_list, batch_page
from niangjia.means.queries.rows import (
    Signing,
    Standing,
    answer_in,
    asked_about,
    asked_in,
    batch_for,
    batches_within,
    cells_of,
    check_of,
    is_authorised,
    persons_in,
    persons_of,
    sealed,
    signings_of,
    standing_of,
    waiting_to_be_sent,
)

__all__ = [
    "BatchList",
    "BatchPage",
    "Signing",
    "Standing",
    "answer_in",
    "asked_about",
    "asked_in",
    "batch_for",
    "batch_list",
    "batch_page",
    "batches_within",
    "cells_of",
    "check_of",
    "is_authorised",
    "persons_in",
    "persons_of",
    "sealed",
    "signings_of",
    "standing_of",
    "waiting_to_be_sent",
]
