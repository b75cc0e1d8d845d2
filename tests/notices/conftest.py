import pytest

from niangjia.people.models import Person
from tests.conftest import AT
from tests.papers.conftest import acts, ningbo, officer, officer_of

__all__ = ["acts", "ningbo", "officer", "officer_of", "roll"]

SURNAMES = "王王王王王王李李李李李李张张欧"


@pytest.fixture
def roll(ningbo):
    """The town's own roll: six Wangs, six Lis, two Zhangs, one Ouyang; their number never repeats."""
    return [
        Person.objects.create(
            name=f"{surname}{'甲乙丙丁戊己庚辛壬癸子丑寅卯辰'[place]}",
            name_key=f"{surname}{place}",
            keeper=ningbo.town.unit,
            created_at=AT,
        )
        for place, surname in enumerate(SURNAMES)
    ]
