"""What the guards of the workflow ask of an establishment. Pure."""

from niangjia.founding.rules.cases import Bounds, Case
from niangjia.founding.rules.electing import result_findings, slate_findings
from niangjia.founding.rules.requesting import request_findings


def facts_of(case: Case, bounds: Bounds) -> dict[str, bool]:
    """What the guards of the workflow ask."""
    signed = next(one for one in result_findings(case, bounds) if one.code == "tellers")
    sound = [one for one in (*slate_findings(case, bounds), *result_findings(case, bounds)) if one != signed]
    return {
        "request_complete": all(one.holds for one in request_findings(case, bounds)),
        "slate_complete": all(one.holds for one in slate_findings(case, bounds)),
        "result_sound": all(one.holds for one in sound),
        "tellers_signed": signed.holds,
    }
