"""Settings from the environment."""

import stat

import pytest

from gutskin.errors import SettingsError
from gutskin.settings import Settings, settings


@pytest.fixture(autouse=True)
def _read_anew():
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "abc"), ("PORT", ""), ("PORT", "-1"), ("PORT", "70000"), ("ACTIONS_PORT", "x"), ("ACTIONS_PORT", "70000"),
        ("SESSION_SECONDS", "0"), ("SESSION_SECONDS", "soon"), ("REPLY_SECONDS", "-1"), ("REPLY_SECONDS", "fast"),
        ("CHAT_RATE_LIMIT", "maybe"), ("CHAT_RATE_LIMIT", "offoff"), ("CHAT_SESSION_RATE", "lots"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_refused_by_its_variable(monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as refused:
        settings()
    assert variable in str(refused.value)


def test_a_variable_is_read(monkeypatch):
    monkeypatch.setenv("CHAT_SESSION_RATE", "3/minute")
    assert settings().session_rate == "3/minute"


@pytest.mark.parametrize(
    ("public", "page"),
    [
        ("", "http://127.0.0.1:6000/chat"),
        ("https://chat.clinic.example", "https://chat.clinic.example/chat"),
        ("https://chat.clinic.example/", "https://chat.clinic.example/chat"),
    ],
)
def test_the_page_has_the_address_that_visitors_use(public, page):
    assert Settings(public_url=public, port=6000).page_url == page


def test_the_configured_key_is_taken(tmp_path):
    assert Settings(session_key="k", state_dir=tmp_path).key() == "k"
    assert list(tmp_path.iterdir()) == []


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    folder = tmp_path / "state"
    first = Settings(session_key="", state_dir=folder).key()
    assert len(first) >= 32
    assert Settings(session_key="", state_dir=folder).key() == first
    assert stat.S_IMODE((folder / "session.key").stat().st_mode) == 0o600


def test_two_installations_have_two_keys(tmp_path):
    keys = {Settings(session_key="", state_dir=tmp_path / name).key() for name in "ab"}
    assert len(keys) == 2


SOUND = {
    "ENVIRONMENT": "production", "PUBLIC_URL": "https://chat.example.org", "CHAT_RATE_LIMIT": "on",
    "SESSION_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCD",
}  # fmt: skip


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SESSION_KEY", ""), ("SESSION_KEY", "short"), ("SESSION_KEY", "a" * 40),
        ("SESSION_KEY", "0123456789abcdefghijklmnopqrstuvwxyzABCD short"),
        ("CHAT_RATE_LIMIT", "off"), ("PUBLIC_URL", ""),
    ],
)  # fmt: skip
def test_production_refuses_a_weak_key_no_pace_limits_and_no_tls(monkeypatch, variable, value):
    for name, sound in {**SOUND, variable: value}.items():
        monkeypatch.setenv(name, sound)
    with pytest.raises(SettingsError) as refused:
        settings()
    assert variable in str(refused.value)


def test_production_takes_what_is_sound(monkeypatch):
    for name, sound in SOUND.items():
        monkeypatch.setenv(name, sound)
    assert settings().environment == "production"


@pytest.mark.parametrize("origins", ["*", "https://*.example.org", "example.org", "https://a.example.org/page"])
def test_an_origin_is_exact(monkeypatch, origins):
    monkeypatch.setenv("CORS_ORIGINS", origins)
    with pytest.raises(SettingsError) as refused:
        settings()
    assert "CORS_ORIGINS" in str(refused.value)
