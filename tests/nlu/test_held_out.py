"""How well the trained model understands sentences that it was not trained on."""

import asyncio
from collections import defaultdict

import pytest

from gutskin.settings import ROOT
from tests.sources import examples
from tools.train import trained_model

HELD_OUT = ROOT / "tests" / "nlu" / "held_out.yml"
LEAST_OVERALL = 0.85
LEAST_OF_AN_ANSWER = 0.4


@pytest.fixture(scope="session")
def understood():
    """(sentence, intent it should have, intent it was given) of every held-out sentence."""
    from rasa.core.agent import Agent

    agent = Agent.load(str(trained_model()))

    async def read_all():
        return [
            (sentence, intent, (await agent.parse_message(sentence))["intent"]["name"])
            for intent, sentences in examples(HELD_OUT).items()
            for sentence in sentences
        ]

    return asyncio.run(read_all())


def accuracy(cases):
    return sum(wanted == given for _, wanted, given in cases) / len(cases)


def misses(cases):
    return "\n".join(f"{wanted} ← {given}: {sentence}" for sentence, wanted, given in cases if wanted != given)


def test_most_sentences_are_understood(understood):
    reached = accuracy(understood)
    assert reached >= LEAST_OVERALL, f"{reached:.3f} of {len(understood)}\n{misses(understood)}"


def test_no_answer_is_out_of_reach(understood, known):
    by_intent = defaultdict(list)
    for case in understood:
        by_intent[case[1]].append(case)
    answers = [name for name in by_intent if name in known.answers and known.answers[name].kind == "answer"]
    weak = [name for name in answers if accuracy(by_intent[name]) < LEAST_OF_AN_ANSWER]
    assert not weak, "\n".join(misses(by_intent[name]) for name in weak)
