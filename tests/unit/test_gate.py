"""The second look before an answer."""

import pytest

from gutskin.nlu.answerability_gate import AnswerabilityGate


def ranking(*pairs):
    return [{"name": name, "confidence": confidence} for name, confidence in pairs]


@pytest.mark.parametrize(
    ("ranked", "verdict"),
    [
        ([], "out_of_scope"),
        ([("ask_sugar", 0.9), ("ask_fibre", 0.05)], None),
        ([("ask_sugar", 0.9)], None),
        ([("ask_sugar", 0.2), ("ask_fibre", 0.05)], "out_of_scope"),
        ([("ask_sugar", 0.45), ("ask_fibre", 0.41)], "clarify_topic"),
        ([("ask_sugar", 0.45), ("greet", 0.41)], None),
        ([("greet", 0.1), ("ask_sugar", 0.09)], None),
        ([("out_of_scope", 0.9), ("ask_sugar", 0.05)], None),
        ([("request_diagnosis", 0.1), ("ask_sugar", 0.09)], None),
    ],
)
def test_unsure_answers_become_a_question_back_or_an_honest_no(ranked, verdict):
    assert AnswerabilityGate(sure=0.25, apart=0.08).judge(ranking(*ranked)) == verdict
