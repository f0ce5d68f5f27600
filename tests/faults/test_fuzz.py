"""Whatever comes in: a reply or a clear refusal, never a traceback. FUZZ=20000 for the long form."""

import os

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.server.checks import check_refusal, check_success

EXAMPLES = int(os.environ.get("FUZZ", "500"))
VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
JSON = st.recursive(VALUES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)
BODIES = st.one_of(
    st.fixed_dictionaries({"text": st.text(max_size=1_200)}),
    st.fixed_dictionaries({}, optional={"text": JSON, "choice": JSON, "message_id": JSON, "session": JSON}),
)
REFUSED = (400, 401, 413)


@pytest.fixture(scope="module")
def http():
    with requests.Session() as session:
        yield session


def fuzzing(examples):
    return settings(
        max_examples=examples, deadline=None, derandomize=True, database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )  # fmt: skip


@fuzzing(EXAMPLES)
@given(body=BODIES)
def test_each_message_is_answered_or_refused(http, client, body):
    document = {"session": client.token, **body}
    answer = http.post(f"{client.base}/messages", json=_sendable(document), timeout=60)
    if answer.status_code == 200:
        check_success(answer)
    else:
        assert answer.status_code in REFUSED, answer.text
        check_refusal(answer, answer.status_code)


@fuzzing(max(EXAMPLES // 10, 20))
@given(body=st.binary(max_size=2_000))
def test_bytes_are_refused(http, client, body):
    answer = http.post(f"{client.base}/messages", data=body, timeout=60)
    if answer.status_code != 200:
        check_refusal(answer, answer.status_code)


def _sendable(value):
    """Without the numbers that JSON does not have and the halves of characters that UTF-8 does not have."""
    if isinstance(value, dict):
        return {_sendable(key): _sendable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_sendable(inner) for inner in value]
    if isinstance(value, float):
        return 0.5 if value != value or value in (float("inf"), float("-inf")) else value
    return value
