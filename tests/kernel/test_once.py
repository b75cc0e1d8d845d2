"""A form counts once: copies, lost answers, other content under the same key (house.md §3.7)."""

import threading

import pytest
from django.db import connection, connections
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.test import Client, override_settings
from django.urls import path

from niangjia.kernel.doors import open_to_all
from niangjia.kernel.errors import Refused
from niangjia.kernel.limits import limited
from niangjia.kernel.models import Answer, Visits
from niangjia.kernel.once import forget
from niangjia.kernel.words import say


@open_to_all("test")
def note(request):
    """Writes one row into the journal's neighbour: a plain table of the test."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO test_notes (words) VALUES (%s)", [request.POST["words"]])
    if request.POST["words"] == "refuse":
        raise Refused(say("公示尚未期满。"))
    if request.POST["words"] == "unprocessable":
        return HttpResponse("no", status=422)
    if request.POST["words"] == "page":
        return HttpResponse("收到：王*", headers={"X-Kept": "yes"})
    return HttpResponseRedirect("/noted/")


@open_to_all("test")
def stream(request):
    return StreamingHttpResponse([b"a", b"b"])


@open_to_all("test")
@limited("note", most=2, seconds=3600)
def seldom(request):
    return HttpResponse("ok")


urlpatterns = [path("note/", note), path("stream/", stream), path("seldom/", seldom)]

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.urls("tests.kernel.test_once"),
]


@pytest.fixture(autouse=True)
def notes():
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE test_notes (words text)")
        cursor.execute("GRANT SELECT, INSERT ON test_notes TO PUBLIC")
    yield
    connections["default"].close()
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP TABLE test_notes")


def written():
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM test_notes")
        return cursor.fetchone()[0]


def sent(words, key="a-key-of-one-form", client=None, to="/note/"):
    return (client or Client()).post(to, {"words": words, "once": key})


def test_a_form_sent_again_after_a_lost_answer_has_one_effect_and_the_same_answer():
    first, again = sent("帮扶"), sent("帮扶")
    assert written() == 1
    assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])


def test_a_page_is_answered_again_word_for_word():
    first, again = sent("page"), sent("page")
    assert (again.content, again["X-Kept"]) == (first.content, "yes")
    assert written() == 1


def test_five_copies_at_once_have_one_effect_and_one_answer():
    answers, start = [], threading.Barrier(5)

    def send():
        start.wait()
        answers.append(sent("帮扶")["Location"])
        connections.close_all()

    copies = [threading.Thread(target=send) for _ in range(5)]
    [copy.start() for copy in copies]
    [copy.join() for copy in copies]
    assert (written(), answers) == (1, ["/noted/"] * 5)


def test_without_the_key_the_copies_do_happen():
    """The control: the same posts with no key at all are separate acts."""
    assert [Client().post("/note/", {"words": "帮扶"}).status_code for _ in range(3)] == [302] * 3
    assert written() == 3


def test_the_same_key_with_other_content_is_refused_and_changes_nothing():
    sent("帮扶")
    other = sent("慰问")
    assert other.status_code == 409
    assert "先前已经提交过" in other.content.decode()
    assert written() == 1


def test_what_was_refused_can_be_sent_again_with_the_same_key():
    assert sent("refuse").status_code == 422
    assert written() == 0, "a refusal leaves nothing behind"
    assert sent("unprocessable").status_code == 422
    assert sent("帮扶").status_code == 302


def test_an_answer_is_not_given_to_another_visitor():
    mine, other = Client(), Client()
    mine.cookies["csrftoken"], other.cookies["csrftoken"] = "a" * 32, "b" * 32
    sent("帮扶", client=mine)
    sent("帮扶", client=other)
    assert written() == 2


def test_a_form_without_a_key_counts_once_by_its_token():
    for _ in range(2):
        Client().post("/note/", {"words": "帮扶", "csrfmiddlewaretoken": "t" * 64})
    assert written() == 1


def test_a_stream_is_not_kept():
    assert b"".join(Client().post("/stream/", {"once": "a-key-of-one-form"})) == b"ab"
    assert not Answer.objects.exists()


def test_nothing_of_an_answer_can_be_read_in_the_table():
    sent("page")
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT row_to_json(a)::text FROM kernel_answer AS a")
        (row,) = cursor.fetchone()
    assert "王".encode().hex() not in row
    assert "收到".encode().hex() not in row


def test_answers_are_forgotten_after_a_week():
    sent("帮扶")
    assert forget() == 0
    assert forget(before_days=0) == 1
    assert not Answer.objects.exists()


def test_too_many_times_is_told_with_the_time_to_wait():
    with override_settings(NIANGJIA_LIMITS=True):
        told = [Client().post("/seldom/").status_code for _ in range(3)]
        other = Client(REMOTE_ADDR="10.9.8.7").post("/seldom/")
    assert told == [200, 200, 429]
    assert other.status_code == 200, "nobody can use up another's"
    assert Visits.objects.count() == 2
