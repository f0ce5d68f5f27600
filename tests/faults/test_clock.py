"""The clock of the machine jumps while the assistant runs, by days and back: libfaketime moves it for its processes."""

from pathlib import Path

import pytest

from tests.faults.conftest import send
from tests.server.checks import check_emergency, check_refusal
from tools.running import running_assistant

LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
QUESTION = "which foods are good for the skin"

pytestmark = pytest.mark.skipif(LIBRARY is None, reason="moving the clock needs the Debian package faketime")


@pytest.fixture
def jump(tmp_path):
    """Moves the clock of all processes that were started with `jump.environment`."""
    offset = tmp_path / "offset"

    def move(by):
        offset.write_text(by)

    move("+0")
    move.environment = {
        "LD_PRELOAD": str(LIBRARY), "FAKETIME_TIMESTAMP_FILE": str(offset), "FAKETIME_NO_CACHE": "1",
        "DONT_FAKE_MONOTONIC": "1",
    }  # fmt: skip
    return move


def test_after_a_jump_the_conversation_is_opened_anew_and_emergencies_are_answered_at_once(jump):
    with running_assistant(**jump.environment) as assistant:
        client = assistant.client()
        for by in ("+3d", "-3d", "+400d", "+0"):
            client.open()
            assert send(client, QUESTION).json()["replies"][0]["kind"] == "answer"
            jump(by)
            check_emergency(send(client, "I cannot breathe"))
            assert check_refusal(send(client, QUESTION), 401)["code"] == "expired"
