"""Citing the article: unbroken runs of its text, each with the place where it stands."""

import pytest


def cited(article, *passages):
    return [(c.passage, c.quote) for c in article.cite(passages)]


def words(article, *passages):
    return [article[passage].printed for passage in passages]


def test_neighbours_of_one_paragraph_join_to_one_run(article):
    assert cited(article, "probiotics-not-the-same", "probiotics-caveat") == [
        ("probiotics-not-the-same", " ".join(words(article, "probiotics-not-the-same", "probiotics-caveat")))
    ]


def test_neighbours_of_two_paragraphs_join_over_a_line_break(article):
    assert cited(article, "intro-connection", "intro-why-not-improving") == [
        ("intro-connection", "\n".join(words(article, "intro-connection", "intro-why-not-improving")))
    ]


def test_two_places_are_two_citations(article):
    assert [passage for passage, _ in cited(article, "skin-reflects", "axis-definition")] == [
        "skin-reflects",
        "axis-definition",
    ]


def test_neighbours_of_two_sections_stay_two_citations(article):
    assert [c.section for c in article.cite(["acne-inflammation", "rosacea-gut-conditions"])] == [
        "1. Acne",
        "2. Rosacea",
    ]


def test_a_lead_brings_its_whole_list(article):
    bullets = ["probiotics-help-bacteria", "probiotics-help-inflammation", "probiotics-help-immune"]
    assert cited(article, "probiotics-help") == [
        ("probiotics-help", "\n".join(words(article, "probiotics-help", *bullets)))
    ]


def test_a_first_bullet_brings_its_lead_in_one_run(article):
    assert cited(article, "diet-fibre") == [("diet", "\n".join(words(article, "diet", "diet-fibre")))]


def test_a_later_bullet_brings_its_lead_as_a_citation_of_its_own(article):
    assert cited(article, "diet-protein") == [
        ("diet", article["diet"].printed),
        ("diet-protein", article["diet-protein"].printed),
    ]


def test_a_heading_brings_its_section_without_itself(article):
    assert cited(article, "psoriasis") == [
        ("psoriasis-systemic", " ".join(words(article, "psoriasis-systemic", "psoriasis-inflammation")))
    ]


def test_a_heading_without_words_of_its_own_stands_for_itself(article):
    assert cited(article, "conditions") == [("conditions", article["conditions"].words)]


def test_a_passage_wanted_twice_is_cited_once(article):
    assert cited(article, "skin-reflects", "skin-reflects") == [("skin-reflects", article["skin-reflects"].words)]


def test_a_lead_and_its_bullet_are_one_list_whatever_their_order(article):
    for wanted in (["diet", "diet-protein"], ["diet-protein", "diet"]):
        quotes = [c.quote for c in article.cite(wanted)]
        assert all(quote in article.text for quote in quotes)
        assert sum(article["diet-protein"].printed in quote for quote in quotes) == 1


def test_every_passage_alone_is_quoted_word_for_word(article):
    for passage in article.passages:
        citations = article.cite([passage.id])
        assert citations
        assert all(citation.quote in article.text for citation in citations)


def test_all_passages_together_are_quoted_word_for_word(article):
    wanted = [passage.id for passage in article.passages]
    for order in (wanted, wanted[::-1]):
        assert all(citation.quote in article.text for citation in article.cite(order))


def test_a_citation_names_its_section_and_its_address(article):
    (citation,) = article.cite(["skin-reflects"], "https://clinic.example/chat")
    assert citation.as_dict() == {
        "passage": "skin-reflects",
        "section": "Final Thoughts",
        "quote": article["skin-reflects"].words,
        "url": "https://clinic.example/chat#skin-reflects",
    }


def test_no_passages_give_no_citations(article):
    assert article.cite([]) == []


def test_an_unknown_passage_is_an_error(article):
    with pytest.raises(KeyError):
        article.cite(["no-such-passage"])
