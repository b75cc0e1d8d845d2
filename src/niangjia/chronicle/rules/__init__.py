"""How a line of the journal is told."""

from niangjia.chronicle.rules.telling import KINDS, TERMS, UNITS, kind_of, said_of
from niangjia.chronicle.rules.verbs import VERBS

__all__ = ["KINDS", "TERMS", "UNITS", "VERBS", "kind_of", "said_of"]
