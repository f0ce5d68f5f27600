"""Reading the responses of the domain."""

import pytest

from gutskin.answers import MOST_QUOTES, load_answers, read_answer, widened
from gutskin.errors import DataError


def test_a_response_without_custom_is_small_talk():
    answer = read_answer({"text": "Hello."})
    assert (answer.kind, answer.text, answer.passages, answer.next) == ("smalltalk", "Hello.", (), ())


def test_answers_go_by_the_name_of_their_intent(tmp_path):
    file = tmp_path / "domain.yml"
    file.write_text("responses:\n  utter_ask_x:\n    - custom: {kind: answer, title: X, lead: l, passages: [p]}\n")
    answer = load_answers(file)["ask_x"]
    assert (answer.kind, answer.title, answer.lead, answer.passages) == ("answer", "X", "l", ("p",))


@pytest.mark.parametrize("content", [None, "", "intents: [", "intents: []\n"])
def test_a_domain_without_responses_is_refused(tmp_path, content):
    file = tmp_path / "domain.yml"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(DataError):
        load_answers(file)


def test_further_passages_are_shown_as_long_as_the_reply_is_short(article):
    shown = widened(["skin-reflects"], ["axis-definition", "microbiome-scfa", "probiotics-caveat"], article)
    assert shown == ["skin-reflects", "axis-definition", "microbiome-scfa"]
    assert len(article.cite(shown)) == MOST_QUOTES


def test_what_stands_beside_something_shown_costs_no_room(article):
    full = ["skin-reflects", "axis-definition", "probiotics-not-the-same"]
    assert widened(full, ["probiotics-caveat"], article) == [*full, "probiotics-caveat"]


def test_the_line_that_announces_a_list_costs_no_room(article):
    assert widened(["habits-sugar"], ["diet-fermented"], article) == ["habits-sugar", "diet-fermented"]
    assert len(article.cite(["habits-sugar", "diet-fermented"])) == 4
    three = ["habits-sugar", "diet-fermented", "diet-hydration"]
    assert widened(three[:1], [*three, "axis-definition"], article) == three


def test_who_wrote_the_article_stands_alone(article):
    assert widened(["author", "author-role"], ["axis-definition"], article) == ["author", "author-role"]
    assert widened(["axis-definition"], ["author"], article) == ["axis-definition"]
