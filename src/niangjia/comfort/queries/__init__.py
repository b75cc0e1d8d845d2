"""Reads for the faces of sympathy."""

from niangjia.comfort.queries.batches import (
    BatchPage,
    batch_list,
    batch_page,
    counts_of,
    giving_list,
    own_batches,
    portion_of,
)
from niangjia.comfort.queries.paneling import organisation_panel
from niangjia.comfort.queries.settling import funds_for
from niangjia.comfort.queries.visits import (
    VisitPage,
    own_table,
    reported_table,
    visit_list,
    visit_page,
)

__all__ = [
    "BatchPage",
    "VisitPage",
    "batch_list",
    "batch_page",
    "counts_of",
    "funds_for",
    "giving_list",
    "organisation_panel",
    "own_batches",
    "own_table",
    "portion_of",
    "reported_table",
    "visit_list",
    "visit_page",
]
