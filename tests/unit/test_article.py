"""Reading the article: its words are the published ones, and every mistake is pointed at."""

import pytest

from gutskin.article import load_article, text_hash
from gutskin.errors import DataError
from gutskin.settings import ROOT

FILE = ROOT / "data" / "article" / "gut-skin-axis.md"
CAPTIONS = (
    "Gut-Skin Connection: ",
    "Healthy Gut Microbiome vs ",
    "Common Skin Conditions Linked to Gut Health: ",
    "Gut-Friendly Foods for Skin Health: ",
    "Holistic Approach to Skin Health: ",
)
FRONT = {"title": "T", "author": "A", "url": "/chat", "language": "en"}


def written(folder, *body, **front):
    text = "\n".join(line.split(" {#")[0].lstrip("# ").replace("- ", "• ", 1) for line in body if line)
    meta = {**FRONT, "sha256": text_hash(text), **front}
    file = folder / "article.md"
    lines = ["---", *(f"{key}: {value}" for key, value in meta.items() if value is not None), "---", *body, ""]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def refusal(file):
    with pytest.raises(DataError) as refused:
        load_article(file)
    assert refused.value.file == file
    assert str(refused.value).startswith(f"{file}:{refused.value.line}: ")
    assert "Mend: " in str(refused.value)
    return refused.value


def test_the_words_are_the_published_ones_without_image_captions(article, shared):
    lines = [line.strip() for line in (shared / "article.txt").read_text(encoding="utf-8").splitlines()]
    captions = [line for line in lines if line.startswith(CAPTIONS)]
    assert len(captions) == len(CAPTIONS)
    assert article.text.split("\n") == [line for line in lines if line and line not in captions]


def test_the_words_match_the_hash_in_the_file(article):
    assert text_hash(article.text) == article.sha256


def test_every_passage_is_found_by_its_anchor(article):
    assert all(article[passage.id] is passage and passage.id in article for passage in article.passages)


def test_a_passage_that_is_not_there_is_not_contained(article):
    assert "no-such-passage" not in article


def test_passages_know_their_section_and_kind(tmp_path):
    article = load_article(written(tmp_path, "## One {#one}", "", "A list: {#lead}", "", "- first {#first}"))
    assert [(p.id, p.section, p.kind, p.is_lead) for p in article.passages] == [
        ("one", "One", "heading", False),
        ("lead", "One", "sentence", True),
        ("first", "One", "bullet", False),
    ]


@pytest.mark.parametrize(("right", "wrong"), [("butyrate", "butter"), ("may help by", "help by"), ("often", "always")])
def test_a_changed_word_is_refused_at_the_line_of_the_hash(tmp_path, right, wrong):
    source = FILE.read_text(encoding="utf-8")
    file = tmp_path / "article.md"
    file.write_text(source.replace(right, wrong, 1), encoding="utf-8")
    problem = refusal(file)
    assert "do not match their hash" in problem.problem
    assert source.split("\n")[problem.line - 1].startswith("sha256:")


@pytest.mark.parametrize("line", ["Words alone.", "Anchored. {#here} Not anchored.", "- a bullet", "## A heading"])
def test_words_without_an_anchor_are_refused_at_their_line(tmp_path, line):
    problem = refusal(written(tmp_path, "## One {#one}", "", line))
    assert (problem.line, problem.problem) == (10, "words without an anchor")


def test_an_anchor_used_twice_is_refused_at_its_second_line(tmp_path):
    problem = refusal(written(tmp_path, "## One {#one}", "", "Again. {#one}"))
    assert (problem.line, problem.problem) == (10, "the anchor `one` is used twice")


def test_a_file_without_front_matter_is_refused(tmp_path):
    file = tmp_path / "article.md"
    file.write_text("## One {#one}\n", encoding="utf-8")
    assert refusal(file).problem == "no front matter"


@pytest.mark.parametrize("key", ["title", "author", "url", "language", "sha256"])
def test_front_matter_that_lacks_a_key_is_refused(tmp_path, key):
    assert f"`{key}`" in refusal(written(tmp_path, "## One {#one}", **{key: None})).problem


@pytest.mark.parametrize("front", ["title: a: b", "- a list", "title: [unclosed"])
def test_front_matter_that_is_not_a_mapping_is_refused(tmp_path, front):
    file = tmp_path / "article.md"
    file.write_text(f"---\n{front}\n---\n## One {{#one}}\n", encoding="utf-8")
    refusal(file)


def test_a_missing_file_is_refused(tmp_path):
    assert refusal(tmp_path / "none.md").problem == "the file is missing"


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    file = tmp_path / "article.md"
    file.write_bytes(b"---\ntitle: caf\xe9\n---\n")
    assert "not UTF-8" in refusal(file).problem
