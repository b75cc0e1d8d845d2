"""What hangs on a person's rights in the two cities: a request, a consent, an alarm."""

from datetime import date

from tests.conftest import AT

from niangjia.kernel.sealing import seal
from niangjia.people.models import Consent, OutsidePost, PersonRequest, RevealAlarm

TABLE = "people_personrequest"


def lay(world, person, path, user_id):
    """One of each for a person; the wish bears his mark, the alarm is about an account of the same place."""
    wish = seal(f"{person.name}的心愿", table=TABLE, person_id=person.pk, field="wish")
    row = PersonRequest.objects.create(person=person, kind="correct", about="name", wish=wish, made_at=AT)
    world.add("request_id", row.pk, path, f"{person.name}的心愿")
    alarm = RevealAlarm.objects.create(user_id=user_id, path=path, at=AT, count=25, bound=20)
    world.add("alarm_id", alarm.pk, path)
    OutsidePost.objects.create(person=person, title="镇党委副书记", since=date(2018, 1, 1))
    Consent.objects.create(person=person, purpose="publish_name", text_version=1, how="paper", given_at=AT)
