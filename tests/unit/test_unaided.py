"""What is said when the action server is away."""

from types import SimpleNamespace

import pytest

from gutskin.channel.unaided import response_for


def heard(intent, *conditions):
    return SimpleNamespace(intent_name=intent, entities=[{"entity": "condition", "value": one} for one in conditions])


@pytest.mark.parametrize("intent", ["ask_condition", "follow_up"])
def test_a_condition_is_looked_up_in_the_lexicon(known, intent):
    wanted = [*known.lexicon["rosacea"].passages, *known.lexicon["acne"].passages]
    assert response_for(heard(intent, "rosacea", "acne", "rosacea")) == ("ask_condition", {"passages": wanted})


@pytest.mark.parametrize("intent", ["ask_condition", "follow_up"])
@pytest.mark.parametrize("named", [(), ("vitiligo",)])
def test_nothing_is_made_up_where_no_covered_condition_is_named(intent, named):
    assert response_for(heard(intent, *named)) is None


@pytest.mark.parametrize("intent", ["ask_sugar", "ask_medicine_change"])
def test_answers_and_referrals_need_no_action(intent):
    assert response_for(heard(intent)) == (intent, {})


@pytest.mark.parametrize("intent", ["request_triage", "request_callback", "no such intent"])
def test_what_has_to_be_worked_out_waits(intent):
    assert response_for(heard(intent)) is None


def test_nothing_heard_is_nothing_said():
    assert response_for(None) is None
