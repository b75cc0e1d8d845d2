"""Reads of files in and out: kinds, batches, rows, exports; who may see them."""

from niangjia.exchange.queries.kinds import export_kind, export_kinds, import_kind, import_kinds, word_of
from niangjia.exchange.queries.reading import (
    ShownRow,
    batch_in_scope,
    batches_for,
    batches_in_scope,
    earlier_of,
    fates_of,
    leaving_in_scope,
    leavings_in_scope,
    open_rows,
    rows_of,
)
from niangjia.exchange.queries.tracing import Trace, digest_of, exporters_of

__all__ = [
    "ShownRow", "Trace", "batch_in_scope", "batches_for", "batches_in_scope", "digest_of", "earlier_of",
    "export_kind", "export_kinds", "exporters_of", "fates_of", "import_kind", "import_kinds",
    "leaving_in_scope", "leavings_in_scope", "open_rows", "rows_of", "word_of",
]  # fmt: skip
