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
        ([("ask_sugar", 0.2)], None),
        ([("ask_sugar", 0.30), ("ask_fibre", 0.28)], "clarify_topic"),
        ([("ask_sugar", 0.30), ("ask_fibre", 0.20)], None),
        ([("ask_sugar", 0.45), ("ask_fibre", 0.43)], None),
        ([("ask_sugar", 0.30), ("greet", 0.29)], None),
        ([("ask_sugar", 0.5), ("out_of_scope", 0.3)], "out_of_scope"),
        ([("ask_sugar", 0.5), ("ask_uncovered_food", 0.2), ("out_of_scope", 0.1)], "ask_uncovered_food"),
        ([("ask_sugar", 0.4), ("ask_fibre", 0.3), ("out_of_scope", 0.3)], None),
        ([("greet", 0.1), ("ask_sugar", 0.09)], None),
        ([("out_of_scope", 0.5), ("ask_sugar", 0.45)], None),
        ([("request_diagnosis", 0.1), ("ask_sugar", 0.09)], None),
    ],
)
def test_unsure_answers_become_a_question_back_or_an_honest_no(ranked, verdict):
    assert AnswerabilityGate(doubt=0.5, sure=0.35, apart=0.04).judge(ranking(*ranked)) == verdict
