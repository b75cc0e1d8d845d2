import pytest

from niangjia.drives import rules
from niangjia.drives.rules import StopState, Target
from niangjia.kernel.errors import BadInput


@pytest.mark.parametrize(
    ("address", "floor"),
    [
        ("大厦 12 楼", 12),
        ("3F", 3),
        ("5层东", 5),
        ("1203室", 12),
        ("602号房", 6),
        ("12号大街", None),
        ("A3Flat", None),
    ],
)
def test_the_floor_is_read_from_the_address(address, floor):
    assert rules.floor_of(address) == floor


def test_who_comes_back_says_when_and_who_asked_says_how_many():
    told = {"has_day": True, "asked": 0, "target": Target.WORKERS}
    rules.require_stop(StopState.COME_BACK, **told)
    rules.require_stop(StopState.CLOSED, **told)
    rules.require_stop(StopState.ASKED, **told | {"target": Target.UNION})
    for state, more in ((StopState.COME_BACK, {"has_day": False}), (StopState.ASKED, {})):
        with pytest.raises(BadInput):
            rules.require_stop(state, **told | more)
