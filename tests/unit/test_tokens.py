"""Session tokens."""

import pytest
from itsdangerous import TimestampSigner

from gutskin.channel.problems import Expired, Unauthorised
from gutskin.channel.tokens import Tokens
from gutskin.settings import Settings


@pytest.fixture
def tokens():
    return Tokens(Settings(session_key="a" * 32, session_seconds=60))


def test_a_token_stands_for_its_conversation(tokens):
    conversation, token = tokens.issue()
    assert tokens.read(token) == conversation


def test_each_conversation_is_new_and_none_can_be_guessed(tokens):
    conversations = {tokens.issue()[0] for _ in range(50)}
    assert len(conversations) == 50
    assert all(len(conversation) == 32 for conversation in conversations)


def test_a_renewed_token_stands_for_the_same_conversation(tokens):
    conversation, _ = tokens.issue()
    _, renewed = tokens.issue(conversation)
    assert tokens.read(renewed) == conversation


@pytest.mark.parametrize("forge", [
    lambda token: "", lambda token: "forged", lambda token: token[:-2], lambda token: token + "x",
    lambda token: "x" + token, lambda token: token.swapcase(), lambda token: token.replace(".", ""),
    lambda token: "é" * 20, lambda token: "\x00", lambda token: token.split(".")[0], lambda token: "." * 5,
    lambda token: "a" * 10_000,
])  # fmt: skip
def test_a_forged_token_is_refused(tokens, forge):
    _, token = tokens.issue()
    with pytest.raises(Unauthorised):
        tokens.read(forge(token))


def test_a_token_of_another_key_is_refused(tokens):
    _, token = Tokens(Settings(session_key="b" * 32)).issue()
    with pytest.raises(Unauthorised):
        tokens.read(token)


@pytest.mark.parametrize(
    ("age", "alive"), [(0, True), (58, True), (62, False), (10_000, False), (-200, True), (-10_000, False)]
)
def test_a_token_lives_for_its_seconds_and_the_clock_may_be_set_back_a_little(tokens, monkeypatch, age, alive):
    issued = TimestampSigner("key").get_timestamp() - age
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: issued)
    conversation, token = tokens.issue()
    if alive:
        assert tokens.read(token) == conversation
    else:
        with pytest.raises(Expired):
            tokens.read(token)


def test_a_token_of_the_key_before_is_read_and_new_ones_are_of_the_newest():
    old, new = "o" * 32, "n" * 32
    before, both, after = (Tokens(Settings(session_key=keys)) for keys in (old, f"{new} {old}", new))
    conversation, token = before.issue()
    assert both.read(token) == conversation
    assert after.read(both.issue(conversation)[1]) == conversation
    with pytest.raises(Unauthorised):
        after.read(token)
