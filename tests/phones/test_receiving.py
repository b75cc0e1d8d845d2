"""What a phone sends is entered once, or held for somebody to look at; nothing goes lost (control 24)."""

import hashlib
import io
import json
import uuid

import pytest
from PIL import Image

from niangjia.campaigns import actions as campaigns
from niangjia.campaigns import queries as running
from niangjia.campaigns.rules import Outcome
from niangjia.kernel.errors import BadInput, NotVisible, Refused
from niangjia.kernel.models import JournalLine
from niangjia.papers.models import Attachment
from niangjia.papers.queries import bytes_of
from niangjia.phones import actions, queries, rules
from niangjia.phones.models import HeldUpload, PhotoPart
from niangjia.tasks.models import Task
from niangjia.visits.actions import OtherContent
from niangjia.visits.models import HomeVisit, Photo
from tests.conftest import AT
from tests.households.worlds import SON
from tests.phones.boxing import Phone, closed


def test_a_visit_is_entered_once_however_often_it_is_sent(phone):
    upload = phone.upload()
    first = phone.send(upload)
    assert (first.status, first.receipt.number[:3]) == ("created", "ZF-")
    assert phone.send(upload).status == "duplicate"
    again = phone.upload(phone.body())
    assert phone.send(again).status == "created"
    assert HomeVisit.objects.count() == 2


def test_two_tabs_that_close_one_draft_twice_make_one_visit(phone):
    body, key = phone.body(), uuid.uuid4()
    assert phone.send(phone.upload(body, key=key)).status == "created"
    assert phone.send(phone.upload(body, key=key)).status == "duplicate"


def test_other_content_under_the_same_key_is_refused(phone):
    key = uuid.uuid4()
    phone.send(phone.upload(key=key))
    with pytest.raises(OtherContent):
        phone.send(phone.upload(phone.body(statement="别的"), key=key))


def test_a_box_of_somebody_elses_or_of_another_visit_is_refused_and_nothing_is_kept(phone):
    upload = phone.upload()
    moved = actions.Upload(uuid.uuid4(), upload.box, phone.key)
    broken = actions.Upload(upload.key, upload.box | {"ct": upload.box["ct"][:-4] + "AAA="}, phone.key)
    for one in (moved, broken, actions.Upload(upload.key, {"v": 1}, phone.key)):
        with pytest.raises(BadInput):
            phone.send(one)
    assert HeldUpload.objects.count() == HomeVisit.objects.count() == 0


def test_a_box_closed_before_the_key_was_changed_still_opens(phone, settings):
    upload = phone.upload()
    settings.VISITS_KEYS_BEFORE = (settings.VISITS_KEY.hex(),)
    settings.VISITS_KEY = b"n" * 32
    assert phone.send(upload).status == "created"


def test_what_a_revoked_phone_sends_is_held_and_not_lost(phone, mountain):
    upload = phone.upload()
    actions.revoke_device(device_id=phone.row.pk, reason="手机遗失", by=mountain.village.county, at=AT)
    taken = phone.send(upload)
    assert (taken.status, taken.revoked) == ("held", True)
    assert phone.send(upload).status == "held"
    held = HeldUpload.objects.get()
    assert "妻子" not in json.dumps(held.box)
    with pytest.raises(Refused):
        actions.lend_kit(key=phone.key, by=mountain.town, at=AT)
    visit = actions.enter_held(held_id=held.pk, with_campaign=True, by=mountain.village.county, at=AT)
    assert visit.body_sha256 == held.body_sha256
    held.refresh_from_db()
    assert (held.settled, held.box) == ("recorded", {})
    assert phone.send(upload).status == "duplicate"


def test_somebody_elses_phone_and_a_phone_that_nobody_knows_are_held(phone, mountain):
    assert phone.send(by=mountain.mate).status == "held"
    assert phone.send(phone.upload(device=False)).status == "held"
    assert {str(one.reasons[0][0]) for one in HeldUpload.objects.all()} == {
        "由别的账号代传，内容已经留存，等工会核定。",
        "这台手机没有登记过，内容已经留存，等工会核定。",
    }


def test_a_visit_that_the_rules_refuse_is_held_with_the_reason_and_entered_later(phone, mountain):
    target = mountain.drive.report()
    upload = phone.upload(phone.body(whom={"target": target.pk}))
    campaigns.settle_target(
        target_id=target.pk, outcome=Outcome.UNREACHABLE, why="无人", version=None, by=mountain.town, at=AT
    )
    county = mountain.village.county
    row = running.campaign_for(campaign_id=mountain.drive.campaign.pk, actor=county)
    campaigns.close_campaign(campaign_id=row.pk, version=row.version, by=county, at=AT)
    taken = phone.send(upload)
    assert (taken.status, str(taken.reasons[0])[:4]) == ("held", "这项行动")
    held = HeldUpload.objects.get()
    assert Task.objects.filter(about_kind=rules.HELD, about_id=held.pk, state="open").exists()
    with pytest.raises(Refused):
        actions.enter_held(held_id=held.pk, with_campaign=True, by=mountain.town, at=AT)
    visit = actions.enter_held(held_id=held.pk, with_campaign=False, by=mountain.town, at=AT)
    assert (visit.campaign_id, visit.target_id) == (None, None)
    assert not Task.objects.filter(about_kind=rules.HELD, about_id=held.pk, state="open").exists()


def test_a_held_visit_is_declined_with_the_reason_and_stays_readable(phone, mountain):
    phone.send(by=mountain.mate)
    held = HeldUpload.objects.get()
    with pytest.raises(BadInput):
        actions.decline_held(held_id=held.pk, reason=" ", by=mountain.town, at=AT)
    actions.decline_held(held_id=held.pk, reason="已在电脑上补登记", by=mountain.town, at=AT)
    held.refresh_from_db()
    assert queries.draft_of(held=held).statement == "妻子患病。"
    with pytest.raises(Refused):
        actions.enter_held(held_id=held.pk, with_campaign=True, by=mountain.town, at=AT)


def test_a_held_visit_of_another_town_does_not_exist(phone, mountain):
    phone.send(by=mountain.mate)
    with pytest.raises(NotVisible):
        actions.decline_held(
            held_id=HeldUpload.objects.get().pk, reason="x", by=mountain.village.elsewhere, at=AT
        )


def test_an_unfinished_visit_is_kept_and_may_come_again_fuller_and_then_finished(phone):
    key = uuid.uuid4()
    phone.send(phone.upload(b'{"statement": "half"}', key=key, finished=False))
    phone.send(phone.upload(b'{"statement": "half and more"}', key=key, finished=False))
    held = HeldUpload.objects.get()
    assert queries.told_in(held=held) == {"statement": "half and more"}
    assert phone.send(phone.upload(key=key)).status == "created"
    held.refresh_from_db()
    assert held.settled == "recorded"


def test_garbage_in_a_good_box_is_held(phone):
    for number, body in enumerate(
        (b"[]", b"{}", b"\xff", b'{"statement": "\\u0000"}', b'{"a": "\\ud800"}'), 1
    ):
        assert phone.send(phone.upload(body)).status == "held"
        assert HeldUpload.objects.count() == number


class TestTheChain:
    """The phone and the platform work out the same chain: nothing is missing between them."""

    def test_it_goes_as_far_as_nothing_is_missing(self, phone):
        first, second, third = (phone.upload(phone.body(statement=str(n))) for n in range(3))
        phone.send(first)
        phone.send(third)
        assert phone.sent()["chain"]["seq"] == 1
        phone.send(second)
        assert phone.sent()["chain"] == {"seq": 3, "head": phone.head}

    def test_what_was_deleted_before_it_was_sent_is_a_link_with_its_reason(self, phone):
        upload = phone.upload()
        sha = hashlib.sha256(b"x").hexdigest()
        unsent = actions.Unsent(phone.key, 1, upload.key, sha)
        with pytest.raises(BadInput):
            actions.drop_unsent(unsent=unsent, reason=" ", by=phone.officer, at=AT)
        actions.drop_unsent(unsent=unsent, reason="填错了人家", by=phone.officer, at=AT)
        actions.drop_unsent(unsent=unsent, reason="再来一次", by=phone.officer, at=AT)
        head = rules.link(rules.START, seq=1, key=str(upload.key), sha256=sha)
        assert phone.sent()["chain"] == {"seq": 1, "head": head}
        assert JournalLine.objects.filter(verb="drop_unsent_visit").count() == 1

    def test_a_phone_put_back_from_a_copy_is_told_that_its_chain_differs(self, phone):
        phone.send()
        phone.seq, phone.head = 0, rules.START
        assert phone.send().status == "created"
        assert phone.sent()["chain"]["seq"] == 1
        assert phone.sent()["chain"]["head"] != phone.head

    def test_what_is_held_counts_as_arrived(self, phone, mountain):
        son = {"ref": "n2", "name": "别人", "relation": "child", "number": SON}
        phone.send(phone.upload(phone.body(visitors=[], members=[son])))
        assert [one["status"] for one in phone.sent()["items"]] == ["held"]
        assert phone.sent()["chain"]["seq"] == 1


def picture(side=200):
    out = io.BytesIO()
    image = Image.new("RGB", (side, side), "red")
    exif = image.getexif()
    exif[0x010F] = "CAMERA-OF-CHEN"
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


class TestPhotographs:
    """They come in parts, in any order, any number of times; they are drawn anew and lie sealed."""

    @pytest.fixture
    def sent(self, phone):
        plain = picture()
        sha = hashlib.sha256(plain).hexdigest()
        key = uuid.uuid4()
        phone.send(phone.upload(phone.body(photos=[sha]), key=key))
        body = json.dumps(closed(plain, bound=f"{key} {sha}")).encode()
        third = len(body) // 3
        return phone, key, sha, [body[:third], body[third : 2 * third], body[2 * third :]]

    def put(self, sent, number, part=None, total=3):
        phone, key, sha, parts = sent
        told = {"key": key, "sha": sha, "number": number, "total": total, "body": part or parts[number]}
        return actions.keep_part(**told, by=phone.officer, at=AT)

    def test_a_photograph_in_parts(self, sent):
        phone, key, sha, _ = sent
        assert phone.sent()["items"][0]["missing"] == [sha]
        assert not self.put(sent, 2)
        assert not self.put(sent, 2)
        assert not self.put(sent, 0)
        assert actions.parts_of(key=key, sha=sha, by=phone.officer) == [0, 2]
        assert self.put(sent, 1)
        assert phone.sent()["items"][0]["missing"] == []
        assert PhotoPart.objects.count() == 0
        row = Attachment.objects.get()
        assert b"CAMERA" not in bytes_of(content=row.content)
        assert bytes_of(content=row.content) not in bytes(row.content.body)
        assert self.put(sent, 1)
        assert Photo.objects.get().attachment_id == row.pk

    def test_what_arrives_broken_is_sent_anew(self, sent):
        phone, key, sha, parts = sent
        self.put(sent, 0)
        self.put(sent, 1)
        assert not self.put(sent, 2, b"x" * len(parts[2]))
        assert actions.parts_of(key=key, sha=sha, by=phone.officer) == []
        assert [self.put(sent, number) for number in range(3)] == [False, False, True]

    def test_a_photograph_of_a_visit_that_is_not_there_waits_on_the_phone(self, sent):
        phone, _key, sha, parts = sent
        with pytest.raises(NotVisible):
            self.put((phone, uuid.uuid4(), sha, parts), 0)

    def test_that_of_a_held_visit_is_kept_until_it_is_entered(self, phone, mountain):
        plain = picture()
        sha, key = hashlib.sha256(plain).hexdigest(), uuid.uuid4()
        phone.send(phone.upload(phone.body(photos=[sha]), key=key), by=mountain.mate)
        body = json.dumps(closed(plain, bound=f"{key} {sha}")).encode()
        told = {"key": key, "sha": sha, "number": 0, "total": 1, "body": body}
        assert actions.keep_part(**told, by=mountain.mate, at=AT)
        actions.enter_held(held_id=HeldUpload.objects.get().pk, with_campaign=True, by=mountain.town, at=AT)
        assert Photo.objects.get().attachment is not None


def test_a_file_of_unsent_visits_is_handed_in_by_the_officer_himself_or_held(phone, mountain):
    one, two = phone.upload(), phone.upload(phone.body(statement="二"))
    told = {
        "format": "niangjia-visits-1",
        "device": str(phone.key),
        "items": [{"key": str(u.key), "box": u.box, "finished": True} for u in (one, two)],
    }
    body = json.dumps(told).encode()
    assert [t.status for t in actions.take_file(body=body, by=mountain.mate, at=AT)] == ["held", "held"]
    other = Phone(mountain.mate, mountain.town)
    told = {**told, "device": str(other.key)}
    told["items"] = [{"key": str(u.key), "box": u.box, "finished": True} for u in [other.upload()]]
    taken = actions.take_file(body=json.dumps(told).encode(), by=mountain.mate, at=AT)
    assert [t.status for t in taken] == ["created"]


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"format": "niangjia-visits-1", "items": [1]}'])
def test_a_file_that_is_none_of_ours_is_refused(phone, body):
    with pytest.raises(BadInput):
        actions.take_file(body=body, by=phone.officer, at=AT)


def test_a_lost_phone_is_revoked_by_its_owner_or_the_unions_officer_and_nobody_else(phone, mountain):
    with pytest.raises(NotVisible):
        actions.revoke_device(device_id=phone.row.pk, reason="x", by=mountain.village.elsewhere, at=AT)
    actions.revoke_device(device_id=phone.row.pk, reason="手机遗失", by=mountain.town, at=AT)
    with pytest.raises(Refused):
        actions.revoke_device(device_id=phone.row.pk, reason="再来", by=mountain.town, at=AT)


def test_the_kit_holds_what_is_known_with_its_versions_and_whom_the_officer_may_not_visit(mountain, phone):
    village = mountain.village
    home = village.complete(village.household())
    mountain.drive.report(household_id=home.pk)
    village.officer("kin", mountain.land["left_town"], "twn", person=home.head)
    kit = actions.lend_kit(key=phone.key, by=mountain.town, at=AT)
    (target,) = kit["targets"]
    assert target["home"]["facts"]["income_year"] == {"value": 5_400_000, "base": 1}
    assert [one["relation"] for one in target["home"]["members"]] == ["self", "spouse"]
    assert len(target["recused"]) == 1
    assert {one["name"] for one in kit["officers"]} == {"陈某"}
    assert kit["policy"]["min_visitors"] == 2
    (line,) = JournalLine.objects.filter(verb="lend_kit")
    assert line.kept.body.count(str(home.pk))
