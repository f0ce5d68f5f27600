"""The store of call-back requests, and the contacts that it takes."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from gutskin.contact_details import contact_in, contacts_in, is_incomplete, name_in
from gutskin.settings import ROOT, Settings
from gutskin.store.callbacks import CODE_LENGTH, LETTERS, CallbackRequest, CallbackRequests, Withdrawn
from gutskin.versions import rules_version, text_version


def request(conversation="one", **changed):
    given = {
        "conversation": conversation, "name": "Asha", "contact": "+910000000001", "preferred_time": "Morning",
        "summary": {"level": "routine"}, "article_version": "a" * 64, "rules_version": "b" * 64,
        "consent_version": "c" * 64, **changed,
    }  # fmt: skip
    return CallbackRequest(**given)


@pytest.fixture
def store(tmp_path):
    return CallbackRequests(Settings(state_dir=tmp_path))


def test_a_request_comes_back_as_it_was_left(store):
    stored = store.add(request())
    kept = store.of("one")
    assert kept.reference == stored.reference
    assert (kept.name, kept.contact, kept.summary, kept.status) == (
        "Asha",
        "+910000000001",
        {"level": "routine"},
        "open",
    )


def test_a_reference_is_short_and_unambiguous(store):
    codes = {store.add(request(str(number))).reference for number in range(50)}
    assert len(codes) == 50
    assert all(len(code) == CODE_LENGTH and set(code) <= set(LETTERS) for code in codes)
    assert not set("01ILOSZ25B8G") & set(LETTERS)


def test_asking_twice_does_not_make_two(store):
    assert store.add(request()).reference == store.add(request(name="Somebody else")).reference
    assert [kept.name for kept in store.all()] == ["Asha"]


def test_asking_at_the_same_moment_does_not_make_two(store):
    store.all()
    with ThreadPoolExecutor(8) as pool:
        codes = {kept.reference for kept in pool.map(store.add, [request()] * 8)}
    assert len(codes) == len(store.all()) == 1


def test_two_conversations_have_two_requests(store):
    assert store.add(request()).reference != store.add(request("two")).reference


def test_a_withdrawn_request_is_gone(store, tmp_path):
    reference = store.add(request(name="Planted Name")).reference
    assert store.withdraw("one") == Withdrawn(reference, locked_until=None)
    assert store.of("one") is None
    assert store.withdraw("one") is None


def test_it_is_kept_across_processes_with_write_ahead_logging(store, tmp_path):
    reference = store.add(request()).reference
    again = CallbackRequests(Settings(state_dir=tmp_path))
    assert again.of("one").reference == reference
    with again.database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_another_database_can_be_named(tmp_path):
    store = CallbackRequests(Settings(state_dir=tmp_path, database_url=f"sqlite:///{tmp_path}/other.db"))
    store.add(request())
    assert (tmp_path / "other.db").exists()
    assert not (tmp_path / "callbacks.db").exists()


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("+91 98000 00001", "+919800000001"), ("my number is 098000-00001", "09800000001"),
        ("(0)22 4000 0001 please", "02240000001"), ("Asha.K@Example.org", "asha.k@example.org"),
        ("write to asha@mail.example.co.in", "asha@mail.example.co.in"), ("12345", None), ("asha@", None),
        ("asha at example dot org", None), ("tomorrow at 5", None), ("0000000000", None), ("", None),
        ("1234567890123456789", None), ("+91 (080) 2345-6789", "+918023456789"), ("+91 (0)80 2345 6789", "+918023456789"),
        ("0091 98450 12345", "+919845012345"), ("919845012345", "+919845012345"), ("98450123", None), ("+91 98450123", None),
        ("+91 98450 123456", None), ("०९८४५० १२३४५", "09845012345"), ("+९१ ९८४५० १२३४५", "+919845012345"),
        ("+44 (0)20 7946 0958", "+442079460958"), ("98450 12345 or 98450 54321", None), ("25/11/2026 10 am", None),
        ("9845012345, a.k@example.org", None), ("9845012345, that is +91 98450 12345", "+919845012345"),
        ("9845012345/9845054321", None), ("2026-11-25 10:30", None),
    ],
)  # fmt: skip
def test_a_contact_is_one_that_could_be_real(text, contact):
    assert contact_in(text) == contact


@pytest.mark.parametrize(
    ("text", "is_short"),
    [
        ("98450123", True),
        ("+91 98450 1234", True),
        ("98450 12345", False),
        ("tomorrow at 5", False),
        ("25/11/2026", False),
    ],
)
def test_a_number_that_reaches_nobody_is_told_from_none(text, is_short):
    assert is_incomplete(text) == is_short


def test_of_several_contacts_none_is_dropped():
    assert contacts_in("98450 12345 or 98450 54321 or A@example.org") == ["a@example.org", "9845012345", "9845054321"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Asha", "Asha"), ("my name is Asha K.", "Asha K"), ("Hi, I'm Ravi", "Ravi"), ("mera naam Ravi hai", "Ravi"),
        ("Mary-Jane O'Neill", "Mary-Jane O'Neill"), ("आशा", "आशा"), ("98000 00001", None), ("?", None), ("x" * 90, None),
    ],
)  # fmt: skip
def test_a_name_is_taken_without_the_words_around_it(text, name):
    assert name_in(text) == name


def test_versions_tell_texts_and_rules_apart(tmp_path):
    assert text_version("a") != text_version("b")
    assert len(rules_version(ROOT / "data")) == 64
    (tmp_path / "triage").mkdir()
    before = rules_version(tmp_path)
    (tmp_path / "triage" / "checks.yml").write_text("checks: []")
    assert rules_version(tmp_path) != before
