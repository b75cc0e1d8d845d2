"""Every officer of the demo world has a believable desk."""

from niangjia.demo.rules.desks import LATE, NOW, SOON, TO_DO
from niangjia.demo.rules.staff import LOG_INS
from niangjia.portal.permissions import Word
from niangjia.project.grants import ALL


def test_every_role_with_a_desk_finds_something_overdue_for_today_and_for_later():
    with_desk = next(grant for grant in ALL if grant.word == Word.DESK).roles
    assert {row.role for row in LOG_INS if row.role in with_desk} == set(TO_DO)
    assert all([days for _, days in rows] == [LATE, NOW, SOON] for rows in TO_DO.values())


def test_no_two_roles_have_the_same_task():
    titles = [title for rows in TO_DO.values() for title, _ in rows]
    assert len(titles) == len(set(titles))
