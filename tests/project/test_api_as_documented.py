"""Whatever the OpenAPI document allows is answered as it says; what it forbids is refused as it says.

schemathesis makes the requests from the document itself, in this process, as a stranger and as an officer.
"""

import os
import sys
from collections import Counter

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.generation.drivers import CoverageGenerator
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.generation.overrides import Override
from tests.network.acting import NOW, officer
from tests.network.conftest import acting, land

from niangjia.kernel.access import PUBLIC, Role
from niangjia.project.wsgi import application

__all__ = ["acting", "land"]
EXAMPLES, SEED = int(os.environ.get("NIANGJIA_API_EXAMPLES", "8")), 20_180_820
USUAL = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def one_connection():
    """As Django's own test client does it: a request leaves the connection, and so the transaction, open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def operations():
    document = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    return [found.ok() for found in document.get_all_operations()]


def ask(operation, mode, seen):
    @seed(SEED)
    @USUAL
    @given(case=operation.as_strategy(generation_mode=mode))
    def every(case):
        answer = case.call_and_validate()
        assert answer.status_code < 500
        seen[answer.status_code] += 1

    every()


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("who", ["stranger", "officer"])
def test_every_operation_answers_as_the_document_says(
    land, acting, one_connection, who, mode, record_property
):
    NOW["actor"] = officer(Role.CTY, land["left_county"]) if who == "officer" else PUBLIC
    seen, faults = Counter(), []
    for operation in operations():
        try:
            ask(operation, mode, seen)
        except Exception as error:  # noqa: BLE001 - each operation is told, not only the first
            faults.append(f"{operation.label}: {error}")
    record_property("answers", dict(seen))
    sys.stdout.write(f"{who}, {mode.value}: {dict(seen)}\n")
    assert not faults, "\n".join(faults)
    assert seen[200] or mode is GenerationMode.NEGATIVE, "nothing was read: the requests prove little"


def covered(operation, seen, faults):
    """Schemathesis' coverage phase: every border of every parameter, kept and overstepped, once."""
    for case in CoverageGenerator(
        operation=operation,
        generation_modes=list(GenerationMode),
        generation_config=operation.schema.config.generation_for(operation=operation, phase="coverage"),
        auth_storage=None,
        override=Override(),
        feedback=FeedbackSources(),
    ):
        try:
            seen[case.call_and_validate().status_code] += 1
        except Exception as error:  # noqa: BLE001 - each fault is told, not only the first
            faults.append(f"{operation.label}: {error}")


@pytest.mark.slow
def test_the_borders_of_every_parameter_are_answered_as_the_document_says(
    land, acting, one_connection, record_property
):
    NOW["actor"] = officer(Role.CTY, land["left_county"])
    seen, faults = Counter(), []
    for operation in operations():
        covered(operation, seen, faults)
    record_property("answers", dict(seen))
    sys.stdout.write(f"borders: {dict(seen)}\n")
    assert not faults, "\n".join(faults)
    assert seen[200] > 0
    assert seen[405] > 0, "the wrong methods were not tried"
    assert max(seen) < 500


def test_an_address_that_no_road_leads_to_is_answered_as_a_problem(client, db):
    for road in ("/api/nowhere", "/api/policies/a/b/c", "/api/users/x/posts/"):
        answer = client.get(road)
        assert answer.status_code in {403, 404, 422}
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["reasons"]
    page = client.get("/nowhere/")
    assert (page.status_code, page["Content-Type"]) == (404, "text/html; charset=utf-8")


def test_a_method_that_no_road_takes_is_refused_in_the_form_of_the_house(client, db):
    answer = client.post("/api/network/organisations")
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
    assert (answer["Allow"], answer.json()["type"]) == ("GET", "urn:niangjia:wrong_method")
    page = client.get("/settings/language/")
    assert page.status_code == 405
    assert "请从页面上的链接或按钮办理" in page.content.decode()
