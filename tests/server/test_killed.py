"""The real processes, killed while a request is stored: nothing is half-written, nothing confirmed is lost.

`tests/desk/test_store.py` kills the store's own writing fifty times; here each process of a running assistant is killed.
"""

import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from gutskin.settings import Settings
from gutskin.store.audit import Audit
from gutskin.store.callbacks import CallbackRequests
from gutskin.store.database import Database
from gutskin.store.queue import Queue
from gutskin.store.users import Users
from tests import processes
from tests.server.test_callback import AGREE, ASKED, reference

PASSWORD = "correct horse battery"  # noqa: S105 - of a test
PATIENCE = 120
CSRF = re.compile(r'name="csrf" value="([^"]+)"')


@pytest.fixture
def database(assistant):
    database = Database(Settings(state_dir=assistant.state))
    yield database
    database.engine.dispose()


def wait_until(holds):
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "it did not come back"
        time.sleep(0.02)


def kill(assistant, program):
    """Ends a process as a power cut would, and waits until another one does its work."""
    (doomed,) = processes.running(assistant, program)
    doomed.kill()

    def is_back():
        if processes.running(assistant, program) in ([], [doomed]):
            return False
        try:
            desk = requests.get(f"{assistant.desk}/login", timeout=5)
            return requests.get(f"{assistant.base}/health", timeout=5).json()["status"] == "ok" and desk.ok
        except (requests.RequestException, ValueError, KeyError):
            return False

    return lambda: wait_until(is_back)


def begun(assistant):
    """Whether something has been written to the database since it was asked first."""
    log = assistant.state / "callbacks.db-wal"
    before = log.stat().st_mtime_ns if log.exists() else 0
    return lambda: log.exists() and log.stat().st_mtime_ns != before


def nearly_left(client, name):
    client.say(ASKED)
    client.pick(AGREE)
    client.say(name)
    client.say("+91 98000 00009")


@pytest.mark.parametrize("moment", ["sent", "written"])
@pytest.mark.parametrize("program", ["tools.action_server", "tools.assistant"])
def test_a_request_is_whole_or_not_there(assistant, client, database, program, moment):
    nearly_left(client, "Farida")
    is_written = begun(assistant)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(client.say, "Evening")
        if moment == "written":
            wait_until(lambda: is_written() or answer.done())
        come_back = kill(assistant, program)
        replies = answer.result()["replies"] if answer.exception() is None else []
    come_back()
    confirmed = {reference(reply) for reply in replies if reply["kind"] == "confirm"}
    kept = {
        request.reference: request for request in CallbackRequests(Settings(state_dir=assistant.state), database).all()
    }
    assert confirmed <= set(kept)
    assert all(request.name and request.contact and request.summary["level"] for request in kept.values())
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"

    (reply,) = client.say(ASKED)["replies"]  # whoever was not answered asks again, and has one request in the end
    if reply["kind"] != "confirm":
        (reply,) = client.say("Evening")["replies"]
    assert reply["kind"] == "confirm"
    assert Queue(database).find(reference(reply)).name == "Farida"
    assert not confirmed or confirmed == {reference(reply)}


@pytest.mark.parametrize("moment", ["sent", "written"])
def test_a_call_is_noted_with_its_audit_or_not_at_all(assistant, client, database, moment):
    nearly_left(client, "Gita")
    code = reference(client.say("Evening")["replies"][0])
    Users(database, 1200).save("Rita", "reception", PASSWORD)
    session = requests.Session()
    session.post(f"{assistant.desk}/login", data={"name": "Rita", "password": PASSWORD}, timeout=30)
    csrf = CSRF.search(session.get(assistant.desk, timeout=30).text)[1]
    version = Queue(database).claim(code, "Rita").entry.version
    form = {"csrf": csrf, "version": version, "outcome": "spoke", "note": "Rings back"}
    is_written = begun(assistant)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(
            session.post, f"{assistant.desk}/requests/{code}/done", data=form, allow_redirects=False, timeout=30
        )
        if moment == "written":
            wait_until(lambda: is_written() or answer.done())
        come_back = kill(assistant, "desk")
        was_confirmed = answer.exception() is None and answer.result().status_code == 303
    come_back()
    entry = Queue(database).find(code)
    noted = [line.action for line in Audit(database).lines(code)].count("done")
    assert (entry.status, entry.note, noted) in [("done", "Rings back", 1), ("claimed", None, 0)]
    assert entry.status == "done" or not was_confirmed
