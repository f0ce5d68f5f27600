"""The real desk over a database of its own, with a stand-in for the assistant where one is needed."""

import re
from datetime import date, timedelta

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from desk.app import create_app
from gutskin.settings import Settings
from gutskin.store import users as accounts
from gutskin.store.callbacks import CallbackRequest, CallbackRequests
from gutskin.store.database import Database
from gutskin.store.queue import Queue
from gutskin.store.users import Users

PASSWORD = "correct horse battery"  # noqa: S105 - of a test
BASE = "http://127.0.0.1"
TOMORROW = f"{date.today() + timedelta(days=1)}T09:00"


class StandIn:
    """An assistant that answers what it was told to."""

    def __init__(self):
        self.asked = []
        self.reply = {
            "kind": "answer", "text": "Not on their own.", "choices": [], "contacts": [],
            "citations": [{"passage": "probiotics-caveat", "section": "Can Probiotics Improve Skin?",
                           "quote": "Quoted words", "url": "javascript:alert(1)"}],
        }  # fmt: skip
        self.triage = {"level": "information", "flags": [], "red_flags": [], "because": []}

    async def ask(self, words):
        self.asked.append(words)
        return {"replies": [self.reply], "triage": self.triage}


class Staff:
    """One person's browser."""

    def __init__(self, app, name=None):
        self.client = TestClient(app, base_url=BASE, follow_redirects=False, raise_server_exceptions=False)
        if name:
            answer = self.log_in(name)
            assert answer.status_code == 303

    def log_in(self, name, password=PASSWORD):
        return self.client.post("/login", data={"name": name, "password": password})

    def get(self, path, **more):
        return self.client.get(path, **more)

    @property
    def csrf(self):
        return re.search(r'name="csrf" value="([^"]+)"', self.get("/").text)[1]

    def post(self, path, csrf=None, **form):
        return self.client.post(path, data={"csrf": self.csrf if csrf is None else csrf, **form})


@pytest.fixture(scope="session", autouse=True)
def _quick_hashes():
    """The strength of a hash is argon2's to test; every test here logs in."""
    strong, accounts._hasher = accounts._hasher, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    yield
    accounts._hasher = strong


@pytest.fixture
def settings(tmp_path):
    return Settings(state_dir=tmp_path)


@pytest.fixture
def database(settings):
    return Database(settings)


@pytest.fixture
def queue(database):
    return Queue(database)


@pytest.fixture
def leave(settings, database):
    """Leaves a request, as the assistant does; its reference."""
    requests = CallbackRequests(settings, database)

    def add(name="Asha", level="routine", **changed):
        given = {
            "conversation": f"conversation {len(requests.all())}", "name": name, "contact": "+910000000001",
            "preferred_time": "Morning", "summary": {"level": level, "because": ["worse at night"], "answers": {"age": "adult"}},
            "article_version": "a" * 64, "rules_version": "b" * 64, "consent_version": "c" * 64, **changed,
        }  # fmt: skip
        return requests.add(CallbackRequest(**given)).reference

    return add


@pytest.fixture
def users(database, settings):
    users = Users(database, settings.desk_idle_seconds)
    for name, role in (("Rita", "reception"), ("Ravi", "reception"), ("Dr Devi", "clinician"), ("Ada", "admin")):
        users.save(name, role, PASSWORD)
    return users


@pytest.fixture
def assistant():
    return StandIn()


@pytest.fixture
def app(settings, users, assistant):
    return create_app(settings, assistant)


@pytest.fixture
def staff(app):
    return lambda name=None: Staff(app, name)
