"""Where a worker belongs, and the paper of his application. Pure."""

from niangjia.welcome.rules.papers import APPLICATION_PAPER, PAPERS
from niangjia.welcome.rules.routing import WHY, Candidate, Why, best, ranked

__all__ = ["APPLICATION_PAPER", "PAPERS", "WHY", "Candidate", "Why", "best", "ranked"]
