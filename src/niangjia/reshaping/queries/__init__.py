"""Reads of the faces of 撤并改."""

from niangjia.reshaping.queries.choosing import choices, named_source, share_choices, sizes_of
from niangjia.reshaping.queries.pages import (
    RestructureList,
    RestructurePage,
    restructure_list,
    restructure_page,
)
from niangjia.reshaping.queries.panel import panel_of

__all__ = [
    "RestructureList",
    "RestructurePage",
    "choices",
    "named_source",
    "panel_of",
    "restructure_list",
    "restructure_page",
    "share_choices",
    "sizes_of",
]
