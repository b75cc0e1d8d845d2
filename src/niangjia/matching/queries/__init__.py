"""Reads of possible duplicates and of real-name completeness."""

from niangjia.matching.queries.cases import (
    CaseList,
    case_in_scope,
    case_list,
    cases_in_scope,
    open_cases,
    said_features,
    said_score,
)
from niangjia.matching.queries.comparing import Comparison, Side, agreement, compared
from niangjia.matching.queries.evidence import Pair, look_alikes, pairs_by_number, pairs_to_look_at, words_of
from niangjia.matching.queries.pages import CasePage, case_page
from niangjia.matching.queries.real_name import (
    RealNamePage,
    RealNameRows,
    completeness,
    real_name_page,
    real_name_rows,
)

__all__ = [
    "CaseList",
    "CasePage",
    "Comparison",
    "Pair",
    "RealNamePage",
    "RealNameRows",
    "Side",
    "agreement",
    "case_in_scope",
    "case_list",
    "case_page",
    "cases_in_scope",
    "compared",
    "completeness",
    "look_alikes",
    "open_cases",
    "pairs_by_number",
    "pairs_to_look_at",
    "real_name_page",
    "real_name_rows",
    "said_features",
    "said_score",
    "words_of",
]
