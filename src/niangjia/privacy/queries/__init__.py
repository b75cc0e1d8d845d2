"""Reads of personal data: the map of what is kept, and all that is kept of one person."""

from niangjia.privacy.queries.bundle import Bundle, bundle_of, zipped
from niangjia.privacy.queries.mapping import Column, Holding, data_map

__all__ = ["Bundle", "Column", "Holding", "bundle_of", "data_map", "zipped"]
