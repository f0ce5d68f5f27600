"""The served description of the contract is true: whatever it allows is answered as it says."""

import json

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from gutskin.channel.pages import Pages
from gutskin.replies import KINDS

DESCRIPTION = json.loads(Pages.description.read_text(encoding="utf-8"))
schema = schemathesis.openapi.from_dict(DESCRIPTION)


@schema.parametrize()
@settings(max_examples=20, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_each_answer_is_one_that_the_description_gives(assistant, case):
    answer = case.call(base_url=assistant.base)
    case.validate_response(answer, checks=[status_code_conformance, response_schema_conformance])


@pytest.mark.parametrize("text", ["which foods are good for the skin", "I cannot breathe", "hello"])
def test_a_real_answer_is_as_described(assistant, client, text):
    answer = requests.post(f"{assistant.base}/messages", json={"session": client.token, "text": text}, timeout=30)
    schema["/messages"]["POST"].validate_response(answer)


def test_it_is_served(assistant):
    assert requests.get(f"{assistant.base}/openapi.json", timeout=30).json() == DESCRIPTION


def test_it_names_every_kind_of_reply():
    kinds = DESCRIPTION["components"]["schemas"]["Reply"]["properties"]["kind"]["enum"]
    assert set(kinds) == set(KINDS)
