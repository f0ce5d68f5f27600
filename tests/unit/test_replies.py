"""Putting a reply together: lead-in, own words, quotations with their places, numbers."""

import pytest

from gutskin.errors import DataError
from gutskin.replies import Choice, Reply, load_lead_ins, quotations


def test_the_order_is_lead_in_own_words_quotations_numbers(known):
    reply = known.composer.answer(
        "answer", text="Words.", lead="article_says", passages=["skin-reflects"], contacts=["reception"]
    )
    (reception,) = known.clinic.numbers("reception")
    assert reply.text.split("\n\n") == [
        f"{known.composer.lead_ins['article_says'].text} Words.",
        f"“{known.article['skin-reflects'].words}”\n— Final Thoughts",
        str(reception),
    ]


def test_a_plain_client_sees_every_quote_and_number(known):
    reply = known.composer.answer(
        "answer", passages=["diet", "acne", "skin-reflects"], contacts=["emergency", "crisis"]
    )
    assert len(reply.citations) == 3
    assert all(citation.quote in reply.text and citation.section in reply.text for citation in reply.citations)
    assert all(contact.number in reply.text for contact in reply.contacts)


def test_nothing_to_say_leaves_no_blank_lines(known):
    assert known.composer.answer("smalltalk", text="Hello.").text == "Hello."


def test_placeholders_are_filled_from_the_clinic_the_article_and_the_action(known):
    reply = known.composer.answer("smalltalk", text="{clinic} {author} {asked}", fill={"asked": "vitiligo"})
    assert reply.text == f"{known.clinic.name} {known.article.author} vitiligo"


def test_what_a_visitor_typed_is_never_filled_in_a_second_time(known):
    assert known.composer.answer("smalltalk", text="{asked}", fill={"asked": "{clinic}"}).text == "{clinic}"


def test_neighbouring_quotes_of_one_section_share_its_name(article):
    citations = article.cite(["probiotics-help", "probiotics-self-medicating"])
    assert quotations(citations).count("— Can Probiotics Improve Skin?") == 1
    assert quotations([]) == ""


def test_citations_point_at_the_page(known):
    reply = known.composer.answer("answer", passages=["skin-reflects"])
    assert reply.citations[0].url == f"{known.composer.page_url}#skin-reflects"


def test_a_visitor_never_sees_what_a_choice_stands_for():
    reply = Reply("answer", "text", choices=[Choice("id1", "Title", "/payload")])
    assert reply.as_dict()["choices"] == [{"id": "id1", "title": "Title"}]
    assert reply.offers == {"id1": "/payload"}


def test_a_reply_prints_every_field_of_the_contract():
    assert Reply("answer", "text").as_dict() == {
        "kind": "answer", "text": "text", "citations": [], "choices": [], "contacts": [],
    }  # fmt: skip


def test_stances_that_yaml_reads_as_truth_values_are_understood(tmp_path):
    file = tmp_path / "lead_ins.yml"
    file.write_text("a: {stance: yes, text: A}\nb: {stance: no, text: B}\nc: {stance: neutral, text: C}\n")
    assert {name: lead.stance for name, lead in load_lead_ins(file).items()} == {"a": "yes", "b": "no", "c": "neutral"}


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("{stance: maybe, text: A}", "`a` has no stance"),
        ("{text: A}", "`a` has no stance"),
        ("{stance: yes}", "`text` is missing"),
        ("{stance: yes, text: 7}", "`text` must be a str"),
        ("only words", "`a`"),
    ],
)
def test_a_lead_in_that_is_incomplete_is_refused(tmp_path, entry, problem):
    file = tmp_path / "lead_ins.yml"
    file.write_text(f"a: {entry}\n", encoding="utf-8")
    with pytest.raises(DataError) as refused:
        load_lead_ins(file)
    assert problem in refused.value.problem
