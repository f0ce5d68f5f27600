"""The lexicon: one owner a word, whole words, the longest first, in English and Hinglish."""

import pytest

from gutskin.errors import DataError
from gutskin.lexicon import Lexicon, Term, load_lexicon

FILE = """\
entity: condition
entries:
  - id: acne
    name: acne
    covered: true
    passages: [acne]
    words: [acne, pimple]
  - id: vitiligo
    name: vitiligo
    covered: false
    words: [vitiligo]
"""


def term(term_id, *words, entity="condition"):
    return Term(term_id, entity, term_id, True, ("acne",), words)


def found(lexicon, text):
    return [(mention.term.id, mention.said) for mention in lexicon.find(text)]


@pytest.mark.parametrize(
    ("right", "wrong", "line", "problem"),
    [
        ("words: [vitiligo]", "words: [vitiligo, Pimple]", 8, "'Pimple' stands under `acne` too"),
        ("words: [acne, pimple]", "words: []", 3, "an entry without words"),
        ("    words: [vitiligo]\n", "", 8, "an entry without words"),
        ("    covered: false\n", "", 8, "`covered` is missing"),
        ("covered: false", "covered: perhaps", 10, "`covered` must be a bool"),
        ("    passages: [acne]\n", "", 3, "only what the article covers has passages"),
        ("covered: false\n", "covered: false\n    passages: [acne]\n", 8, "only what the article covers has passages"),
        ("  - id: vitiligo\n    name", "  - name", 8, "`id` is missing"),
        ("    name: vitiligo\n", "", 8, "`name` is missing"),
        ("entity: condition", "entity: planet", 1, "unknown entity 'planet'"),
        ("entity: condition\n", "", 1, "`entity` is missing"),
        ("id: vitiligo", "id: acne", 1, "the id `acne` stands twice"),
    ],
)
def test_a_mistake_is_refused_with_its_line(tmp_path, right, wrong, line, problem):
    assert right in FILE
    (tmp_path / "conditions.yml").write_text(FILE.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(DataError) as refused:
        load_lexicon(tmp_path)
    assert problem in refused.value.problem
    assert refused.value.line == line


def test_twin_words_are_refused_over_two_files(tmp_path):
    (tmp_path / "a.yml").write_text(FILE, encoding="utf-8")
    (tmp_path / "b.yml").write_text(
        "entity: food\nentries:\n  - {id: curd, name: curd, covered: false, words: [PIMPLE]}\n", encoding="utf-8"
    )
    with pytest.raises(DataError, match="stands under `acne` too") as refused:
        load_lexicon(tmp_path)
    assert refused.value.file.name == "b.yml"


def test_a_folder_without_files_is_refused(tmp_path):
    with pytest.raises(DataError, match="no lexicon files"):
        load_lexicon(tmp_path)


def test_the_longest_words_are_taken():
    lexicon = Lexicon([term("acne", "acne"), term("rosacea", "acne rosacea"), term("face", "face")])
    assert found(lexicon, "is acne rosacea on the face") == [("rosacea", "acne rosacea"), ("face", "face")]


@pytest.mark.parametrize("text", ["ACNE", "Acne?", "(acne)", "acne-prone", "acne/rosacea", "my acne, again"])
def test_case_punctuation_and_hyphens_do_not_matter(text):
    assert ("acne", text[text.lower().index("acne") :][:4]) in found(Lexicon([term("acne", "acne")]), text)


@pytest.mark.parametrize("text", ["acneology", "panacea", "", "   "])
def test_parts_of_words_are_not_found(text):
    assert found(Lexicon([term("acne", "acne")]), text) == []


def test_a_mention_knows_where_it_stands():
    text = "Is gut-skin talk about acne?"
    (mention,) = Lexicon([term("acne", "acne")]).find(text)
    assert text[mention.start : mention.end] == "acne"


@pytest.mark.parametrize(
    ("text", "term_id"),
    [
        ("muhase ke liye dahi accha hai kya", "acne"),
        ("zits again", "acne"),
        ("meri skin pe khujli", "itching"),
        ("pet ki sehat", "gut"),
        ("atopic dermatitis", "eczema"),
        ("what about hives", "chronic-urticaria"),
        ("sabzi khana", "vegetables"),
        ("spinach every day", "vegetables"),
        ("safed daag", "vitiligo"),
        ("crash diet", "extreme-dieting"),
    ],
)
def test_people_are_understood_in_their_own_words(known, text, term_id):
    assert term_id in [mention.term.id for mention in known.lexicon.find(text)]


def test_the_five_conditions_of_the_article_are_covered(known):
    covered = [t.id for t in known.lexicon.of("condition", covered=True)]
    assert covered[:5] == ["acne", "rosacea", "eczema", "psoriasis", "chronic-urticaria"]
