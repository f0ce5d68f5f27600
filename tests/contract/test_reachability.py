"""Each sentence of the article can be shown, and each lead-in is used."""

import ast

import pytest

from gutskin.knowledge import knowledge
from gutskin.settings import ROOT

SENTENCES = [passage.id for passage in knowledge().article.passages if passage.kind != "heading"]


@pytest.fixture(scope="module")
def quoted():
    """All that a question can bring up: the answers, and what is looked up about a condition."""
    known = knowledge()
    wanted = [answer.passages for answer in known.answers.values()]
    wanted += [term.passages for term in known.lexicon.of("condition", covered=True)]
    return "\n".join(c.quote for passages in wanted for c in known.article.cite(passages))


@pytest.mark.parametrize("passage", SENTENCES)
def test_the_passage_is_brought_up_by_some_question(article, quoted, passage):
    assert article[passage].printed in quoted


@pytest.mark.parametrize("name", knowledge().composer.lead_ins)
def test_the_lead_in_is_used(known, name):
    in_domain = {answer.lead for answer in known.answers.values()}
    trees = [ast.parse(file.read_text()) for file in (ROOT / "actions").glob("*.py")]
    in_actions = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert name in in_domain | in_actions


@pytest.mark.parametrize("name", [n for n, a in knowledge().answers.items() if a.kind == "answer" and a.passages])
def test_an_answer_has_a_lead_in_and_a_title(known, name):
    assert known.answers[name].lead
    assert known.answers[name].title
