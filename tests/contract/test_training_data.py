"""No sentence teaches two intents, and none is both taught and asked in a test."""

from collections import Counter, defaultdict

import pytest

from gutskin.documents import read_yaml
from gutskin.red_flags import load_red_flags
from gutskin.red_flags.lessons import OWN_FILES
from gutskin.settings import ROOT
from tests.sources import examples, flat, training, turns

EVERYBODYS = 3
"""Words up to which a sentence ("hello", "who wrote this") is everybody's and cannot be kept apart."""
MEASURED = [
    pytest.param(file, id=str(file.relative_to(ROOT)))
    for file in sorted((ROOT / "evaluation").rglob("*.jsonl"))
    if "questions" in file.parts or "vignettes" in file.parts
]


@pytest.fixture(scope="module")
def taught():
    """Every sentence that is trained on, or that a red flag was written from, in its flat form: where it stands."""
    found = {flat(sentence): intent for intent, sentences in training().items() for sentence in sentences}
    folder = ROOT / "data" / "red_flags"
    found |= {flat(said): sign.id for sign in load_red_flags(folder).signs for said in (*sign.fires, *sign.silent)}
    assertions = read_yaml(folder / "assertions.yml")
    said = [case["say"] for case in assertions["present"]] + list(assertions["set_aside"])
    found |= {flat(str(sentence)): "assertions.yml" for sentence in said}
    for name in OWN_FILES:
        reader = read_yaml(folder / name)
        by_group = [said for danger in ("emergency", "crisis", "urgent") for said in reader[danger].values()]
        found |= {flat(str(sentence)): name for said in [*by_group, reader["calm"]] for sentence in said}
    return found


def measured(file):
    return [sentence for sentence in turns(file) if len(flat(sentence).split()) > EVERYBODYS]


def test_no_sentence_teaches_two_intents():
    owners = defaultdict(set)
    for intent, sentences in training().items():
        for sentence in filter(None, map(flat, sentences)):
            owners[sentence].add(intent)
    assert {sentence: intents for sentence, intents in owners.items() if len(intents) > 1} == {}


@pytest.mark.parametrize("intent", training())
def test_no_sentence_is_taught_twice(intent):
    counts = Counter(filter(None, map(flat, training()[intent])))
    assert [sentence for sentence, count in counts.items() if count > 1] == []


def test_no_held_out_sentence_is_taught(taught):
    held_out = [s for sentences in examples(ROOT / "tests" / "nlu" / "held_out.yml").values() for s in sentences]
    assert {sentence: taught[flat(sentence)] for sentence in held_out if flat(sentence) in taught} == {}


@pytest.mark.parametrize("file", MEASURED)
def test_no_measured_sentence_is_taught(taught, file):
    assert {sentence: taught[flat(sentence)] for sentence in measured(file) if flat(sentence) in taught} == {}


def test_no_shared_question_is_taught(taught, shared):
    places = [
        taught[flat(sentence)] for sentence in measured(shared / "questions_dev.jsonl") if flat(sentence) in taught
    ]
    assert not places, f"so many of the shared questions stand under these: {dict(Counter(places))}"
