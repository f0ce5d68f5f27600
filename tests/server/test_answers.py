"""What visitors ask first, end to end."""

import pytest

from tests.server.checks import check_reply

FIVE = ["1. Acne", "2. Rosacea", "3. Eczema (Atopic Dermatitis)", "4. Psoriasis", "5. Chronic Urticaria"]
REFERRED = {
    "can you diagnose this rash on my arm": "refer",
    "please prescribe me something for my acne": "refer",
    "can I talk to a real person": "refer",
    "I want to book an appointment": "refer",
    "should I stop my isotretinoin": "refer",
}


def only(answer):
    assert answer["status"] == 200
    (reply,) = answer["replies"]
    check_reply(reply)
    return reply


def sections(reply):
    return [citation["section"] for citation in reply["citations"]]


def test_probiotics_do_not_fix_acne_alone(client, known):
    reply = only(client.say("can probiotics fix my acne"))
    assert reply["kind"] == "answer"
    assert reply["text"].startswith(known.composer.lead_ins["no_on_its_own"].text)
    assert {"Can Probiotics Improve Skin?", "1. Acne"} <= set(sections(reply))
    assert "not standalone treatments" in reply["text"]


def test_a_follow_up_takes_the_topic_to_another_condition(client):
    client.say("can probiotics fix my acne")
    reply = only(client.say("and for psoriasis?"))
    assert {"Can Probiotics Improve Skin?", "4. Psoriasis"} <= set(sections(reply))
    assert "1. Acne" not in sections(reply)


def test_a_follow_up_to_nothing_asks_back(client):
    reply = only(client.say("tell me more"))
    assert reply["kind"] == "clarify"
    assert reply["choices"]


def test_vitiligo_is_honestly_not_covered(client):
    reply = only(client.say("does gut health help vitiligo"))
    assert reply["kind"] == "not_covered"
    assert "vitiligo" in reply["text"].lower()
    assert reply["citations"] == []
    assert reply["choices"]


def test_the_five_conditions_are_listed(client):
    reply = only(client.say("which skin conditions are linked to the gut"))
    assert reply["kind"] == "answer"
    assert [section for section in sections(reply) if section in FIVE] == FIVE


@pytest.mark.parametrize("asked", ["acne and the gut", "how is rosacea linked to the gut", "eczema and gut bacteria",
                                   "is psoriasis connected to the gut", "are hives linked to gut infections"])  # fmt: skip
def test_each_condition_is_cited_under_its_own_heading(client, asked):
    reply = only(client.say(asked))
    assert reply["kind"] == "answer"
    assert set(FIVE) & set(sections(reply))


def test_the_author_is_named_under_the_byline(client, article):
    reply = only(client.say("who wrote the article"))
    assert reply["kind"] == "answer"
    assert sections(reply) == [article.author]
    assert article["author-role"].words in reply["text"]


@pytest.mark.parametrize("asked", REFERRED)
def test_a_personal_decision_goes_to_a_person(client, known, asked):
    reply = only(client.say(asked))
    assert reply["kind"] == REFERRED[asked]
    assert [contact["number"] for contact in reply["contacts"]] == [c.number for c in known.clinic.numbers("reception")]


@pytest.mark.parametrize("said", ["hello", "thank you so much", "are you a robot", "what can you do", "bye", "yes"])
def test_small_talk_is_answered_as_such(client, said):
    assert only(client.say(said))["kind"] == "smalltalk"


@pytest.mark.parametrize("asked", ["what is the capital of France", "write me a poem about rain"])
def test_another_subject_is_refused(client, asked):
    reply = only(client.say(asked))
    assert reply["kind"] == "out_of_scope"
    assert reply["citations"] == []


def test_every_choice_that_can_be_reached_is_answered_word_for_word(assistant, known):
    """Follows each title once, along the path on which it was first offered."""
    paths, seen, quoted = [[]], set(), set()
    while paths:
        path = paths.pop(0)
        client = assistant.client()
        client.open()
        for title in path:
            client.pick(title)
        for reply in client.last["replies"]:
            check_reply(reply)
            quoted |= {citation["passage"] for citation in reply["citations"]}
            for choice in reply["choices"]:
                if choice["title"] not in seen:
                    seen.add(choice["title"])
                    paths.append([*path, choice["title"]])
    assert offered_titles(known) <= seen
    assert len(quoted) >= 20


def offered_titles(known):
    """The titles that the responses lead to from the greeting, one after another."""
    names, titles = [known.messages.texts["greeting"]], set()
    for name in names:
        following = [f for f in known.answers[name].next if ":" not in f]
        titles |= {known.answers[f].title for f in following}
        names += [f for f in following if f not in names]
    return titles
