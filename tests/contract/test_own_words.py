"""What is not quoted never diagnoses, reassures, doses, or says start, stop, continue."""

import re

import pytest

from gutskin.knowledge import knowledge

FORBIDDEN = ("you have", "it is nothing", "it's nothing", "don't worry", "do not worry", "stop taking", "start taking",
             "continue taking", "mg")  # fmt: skip


def own_words():
    known = knowledge()
    texts = {f"utter_{name}": f"{answer.text} {answer.title}" for name, answer in known.answers.items()}
    texts |= {f"messages.yml {name}": text for name, text in known.messages.texts.items()}
    texts |= {f"lead_ins.yml {name}": lead_in.text for name, lead_in in known.composer.lead_ins.items()}
    return texts


WORDS = own_words()


@pytest.mark.parametrize("place", WORDS)
@pytest.mark.parametrize("phrase", FORBIDDEN)
def test_the_phrase_is_not_said(place, phrase):
    assert not re.search(rf"\b{phrase}\b", WORDS[place].lower().replace("’", "'"))


@pytest.mark.parametrize("name", [name for name, answer in knowledge().answers.items() if answer.kind == "refer"])
def test_a_referral_leads_to_a_person(known, name):
    assert "reception" in known.answers[name].contacts
