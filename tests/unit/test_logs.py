"""Log lines: for machines, with the request's id, without what people wrote."""

import json
import logging
import sys

import pytest

from gutskin import logs


def line(message, exc_info=None):
    return json.loads(
        logs.JsonLines().format(logging.LogRecord("gutskin", logging.ERROR, "", 1, message, (), exc_info))
    )


def test_a_line_names_its_request():
    given = logs.begin_request("proxy-12345678")
    assert line("Something.")["request"] == given == "proxy-12345678"


@pytest.mark.parametrize("given", [None, "", "short", "a" * 65, "line\nbreak-in-it", "<script>alert(1)"])
def test_a_harmful_id_is_replaced(given):
    assert logs.begin_request(given) != given


def test_the_words_in_an_error_are_not_logged():
    try:
        raise ValueError("my lips are swelling")
    except ValueError:
        found = line("Failed.", sys.exc_info())
    assert found["error"] == "ValueError"
    assert "lips" not in json.dumps(found)
