"""The second look before an answer."""

import pytest

from gutskin.nlu.answerability_gate import AnswerabilityGate


def ranking(*pairs):
    return [{"name": name, "confidence": confidence} for name, confidence in pairs]


@pytest.fixture(scope="module")
def gate():
    return AnswerabilityGate(doubt=0.5, personal=2.0, both=0.3, unsure=0.25, quoted=0.5, part=0.4)


@pytest.mark.parametrize(
    ("ranked", "instead"),
    [
        ([], "out_of_scope"),
        ([("ask_sugar", 0.9), ("ask_fibre", 0.05)], None),
        ([("ask_sugar", 0.30), ("greet", 0.29)], None),
        ([("ask_sugar", 0.5), ("out_of_scope", 0.3)], "out_of_scope"),
        ([("ask_sugar", 0.5), ("ask_uncovered_food", 0.2), ("out_of_scope", 0.1)], "ask_uncovered_food"),
        ([("ask_sugar", 0.4), ("ask_fibre", 0.3), ("out_of_scope", 0.3)], None),
        ([("out_of_scope", 0.3), ("ask_sugar", 0.35), ("ask_fibre", 0.3)], "ask_sugar"),
        ([("greet", 0.1), ("ask_sugar", 0.09)], None),
        ([("out_of_scope", 0.5), ("ask_sugar", 0.45)], None),
        ([("ask_sugar", 0.24), ("ask_fibre", 0.1)], "clarify_topic"),
        ([("follow_up", 0.2), ("ask_fibre", 0.1)], None),
    ],
)
def test_unsure_answers_become_a_question_back_or_an_honest_no(gate, ranked, instead):
    assert gate.judge(ranking(*ranked)).instead == instead


@pytest.mark.parametrize(
    ("ranked", "instead"),
    [
        ([("request_diagnosis", 0.1), ("ask_sugar", 0.09)], None),
        ([("ask_sugar", 0.5), ("ask_medicine_change", 0.3)], "ask_medicine_change"),
        ([("ask_sugar", 0.5), ("ask_medicine_change", 0.2), ("request_diagnosis", 0.15)], "ask_medicine_change"),
        ([("ask_sugar", 0.6), ("ask_medicine_change", 0.2)], None),
        ([("ask_uncovered_dose", 0.5), ("ask_medicine_change", 0.3)], None),
    ],
)
def test_a_personal_decision_goes_to_a_person_before_it_is_likelier_than_not(gate, ranked, instead):
    assert gate.judge(ranking(*ranked)).instead == instead


@pytest.mark.parametrize(
    ("ranked", "instead", "beside"),
    [
        ([("ask_sugar", 0.5), ("ask_medicine_change", 0.3)], "ask_medicine_change", "ask_sugar"),
        ([("ask_medicine_change", 0.5), ("ask_sugar", 0.2), ("ask_fibre", 0.1)], None, "ask_sugar"),
        ([("ask_medicine_change", 0.5), ("ask_sugar", 0.2)], None, None),
        ([("ask_sugar", 0.6), ("ask_medicine_change", 0.2)], None, None),
        ([("ask_medicine_change", 0.4), ("follow_up", 0.4)], None, None),
        ([("out_of_scope", 0.4), ("ask_sugar", 0.3), ("ask_medicine_change", 0.3)], None, None),
    ],
)
def test_what_asks_for_a_person_and_for_the_article_gets_both(gate, ranked, instead, beside):
    verdict = gate.judge(ranking(*ranked))
    assert (verdict.instead, verdict.beside) == (instead, beside)


def passages(known, *intents):
    return tuple(dict.fromkeys(passage for intent in intents for passage in known.answers[intent].passages))


@pytest.mark.parametrize(
    ("ranked", "also"),
    [
        ([("ask_sugar", 0.5), ("ask_fibre", 0.3)], ["ask_sugar", "ask_fibre"]),
        ([("ask_sugar", 0.5), ("ask_fibre", 0.2)], ["ask_sugar"]),
        ([("ask_sugar", 0.5), ("greet", 0.4), ("ask_fibre", 0.1)], ["ask_sugar"]),
        ([("out_of_scope", 0.5), ("ask_sugar", 0.2), ("ask_fibre", 0.2)], []),
    ],
)
def test_likely_passages_are_quoted_beside_the_best(gate, known, ranked, also):
    assert gate.judge(ranking(*ranked)).also == passages(known, *also)


def test_each_of_several_questions_is_answered_where_it_is_sure(gate, known):
    whole = ranking(("ask_sugar", 0.5))
    parts = [ranking(("ask_sugar", 0.9)), ranking(("ask_fibre", 0.8)), ranking(("ask_protein", 0.3))]
    assert gate.judge(whole, parts).also == passages(known, "ask_sugar", "ask_fibre")
    parts = [ranking(("out_of_scope", 0.9)), ranking(("request_diagnosis", 0.9))]
    assert gate.judge(whole, parts).also == passages(known, "ask_sugar")


def test_a_lookup_without_a_condition_gives_way_to_the_next_answer(gate):
    ranked = ranking(("ask_condition", 0.5), ("ask_sugar", 0.3))
    assert gate.judge(ranked, names_condition=False).instead == "ask_sugar"
    assert gate.judge(ranked, names_condition=True).instead is None


def test_a_sure_lookup_without_a_condition_asks_which_and_not_for_a_topic(gate):
    assert gate.judge(ranking(("ask_condition", 0.9), ("ask_sugar", 0.05)), names_condition=False).instead is None
