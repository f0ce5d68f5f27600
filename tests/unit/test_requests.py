"""Requests read from untrusted bytes."""

import json

import pytest

from gutskin.channel.problems import BadRequest, TooLong, Unauthorised
from gutskin.channel.requests import MOST_BYTES, Incoming, read_json, read_message, words_in


def read(body):
    return read_json(body, len(body))


@pytest.mark.parametrize(
    "body",
    [
        b"", b" ", b"{", b"null", b"[]", b'"text"', b"7", b"true", b"not json", b"\xff\xfe\x00", b"{'a': 1}", b'{"a": 1} x',
        b"[" * 16_000, b'{"a":' * 3_000, b"\x00" * 20,
    ],
)  # fmt: skip
def test_what_is_no_json_object_is_refused(body):
    with pytest.raises(BadRequest):
        read(body)


def test_a_body_may_have_sixteen_kibibytes_and_no_more():
    body = b"{" + b" " * (MOST_BYTES - 2) + b"}"
    assert read(body) == {}
    with pytest.raises(TooLong):
        read(body + b" ")


def test_the_size_counts_even_where_only_the_beginning_was_kept():
    with pytest.raises(TooLong):
        read_json(b"{}", 5_000_000)


def test_text_and_choice_are_read():
    assert read_message({"session": "t", "text": ""}) == Incoming("t", "", None)
    assert read_message({"session": "t", "choice": "c", "more": 1}) == Incoming("t", None, "c")


@pytest.mark.parametrize("document", [{}, {"text": "a"}, {"session": None, "text": "a"}, {"choice": "c"}])
def test_a_message_without_a_token_is_unauthorised(document):
    with pytest.raises(Unauthorised):
        read_message(document)


@pytest.mark.parametrize(
    "document",
    [
        {}, {"text": None}, {"choice": None}, {"text": "a", "choice": "c"}, {"text": 1}, {"text": ["a"]}, {"text": {}},
        {"text": True}, {"choice": 1}, {"choice": []}, {"text": "a", "choice": 0}, {"session": 1, "text": "a"},
        {"session": ["t"], "text": "a"}, {"session": False, "text": "a"},
    ],
)  # fmt: skip
def test_wrong_types_neither_and_both_are_refused(document):
    with pytest.raises(BadRequest):
        read_message({"session": "t", **document})


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (json.dumps({"text": "I cannot breathe"}).encode(), "I cannot breathe"),
        (b"I cannot breathe", "I cannot breathe"),
        (b'{"text": "I cannot breathe', '{"text": "I cannot breathe'),
        (b'{"text": 7}', ""),
        (b"[1]", ""),
        (b"", ""),
        (b"\xff help", " help"),
    ],
)
def test_words_are_found_in_any_body(body, words):
    assert words_in(body) == words
