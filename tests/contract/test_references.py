"""Whatever a response or a term points at is there."""

import pytest

from gutskin.knowledge import knowledge

ANSWERS = knowledge().answers
TERMS = knowledge().lexicon.terms
answers = pytest.mark.parametrize("name", ANSWERS)


@answers
def test_its_passages_stand_in_the_article(article, name):
    assert [passage for passage in ANSWERS[name].passages if passage not in article] == []


@answers
def test_its_lead_in_is_listed(known, name):
    assert not ANSWERS[name].lead or ANSWERS[name].lead in known.composer.lead_ins


@answers
def test_its_contacts_stand_in_the_clinics_file(known, name):
    assert set(ANSWERS[name].contacts) <= set(known.clinic.contacts)


@answers
def test_what_it_offers_next_is_another_response_with_a_title(name):
    for following in ANSWERS[name].next:
        intent, _, condition = following.partition(":")
        assert intent != name or condition
        assert ANSWERS[intent].title, f"{following} has no title"


@answers
def test_what_it_offers_about_a_condition_is_a_condition_of_the_article(name):
    conditions = [following.partition(":")[2] for following in ANSWERS[name].next]
    assert all(TERMS[c].entity == "condition" and TERMS[c].covered for c in conditions if c)


@answers
def test_it_offers_each_thing_once(name):
    assert len(set(ANSWERS[name].next)) == len(ANSWERS[name].next)


@answers
def test_it_can_be_put_together(known, name):
    answer = ANSWERS[name]
    filled = known.composer.answer(
        answer.kind, text=answer.text, lead=answer.lead, passages=answer.passages, contacts=answer.contacts,
        fill={"asked": "vitiligo"},
    )  # fmt: skip
    assert "{" not in filled.text


@pytest.mark.parametrize("term_id", TERMS)
def test_the_passages_of_a_term_stand_in_the_article(article, term_id):
    assert [passage for passage in TERMS[term_id].passages if passage not in article] == []


def test_the_responses_that_the_channel_names_are_there(known):
    assert {known.messages.texts["greeting"], known.messages.texts["empty"]} <= set(ANSWERS)
