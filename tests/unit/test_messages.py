"""The channel's procedural words."""

import pytest

from gutskin.errors import DataError
from gutskin.messages import NAMES, load_messages


def loaded(folder, known, **changed):
    texts = {**{name: f"{name} in short" for name in NAMES}, **changed}
    file = folder / "messages.yml"
    file.write_text("".join(f"{name}: '{text}'\n" for name, text in texts.items() if text is not None))
    return load_messages(file, known.clinic)


def test_placeholders_are_filled_from_the_clinic_and_the_call(tmp_path, known):
    messages = loaded(tmp_path, known, too_long="{limit} {clinic}")
    assert messages.text("too_long", limit=1000) == f"1000 {known.clinic.name}"


@pytest.mark.parametrize("text", ["Call {hotline}.", "{reception} {fax}", "{", "}", "{}", "{0}", "{reception.secret}"])
def test_a_placeholder_that_nothing_fills_is_refused_with_its_line(tmp_path, known, text):
    with pytest.raises(DataError) as refused:
        loaded(tmp_path, known, too_fast=text)
    assert refused.value.line == NAMES.index("too_fast") + 1
    assert "too_fast" in refused.value.problem


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_text_is_refused(tmp_path, known, name):
    with pytest.raises(DataError, match=f"`{name}` is missing"):
        loaded(tmp_path, known, **{name: None})


@pytest.mark.parametrize("name", ["no_answer", "too_long", "too_fast", "expired", "bad_request", "unknown_choice",
                                  "not_ready"])  # fmt: skip
def test_every_refusal_carries_the_numbers_to_call(known, name):
    text = known.messages.text(name, limit=1000)
    numbers = known.clinic.numbers("reception", "emergency")
    assert all(contact.number in text for contact in numbers)


@pytest.mark.parametrize(("name", "group"), [("emergency", "emergency"), ("crisis", "crisis"), ("crisis", "emergency")])
def test_an_emergency_names_its_numbers_in_two_lines(known, name, group):
    top = "\n".join(known.messages.text(name).split("\n")[:2])
    assert all(contact.number in top for contact in known.clinic.numbers(group))
