import json
import re

import pytest

from gutskin.channel.pages import Pages
from gutskin.channel.widget import BUILT, Widget, load_words
from gutskin.errors import DataError
from gutskin.settings import ROOT, settings


@pytest.fixture
def widget(known):
    return Widget(known, load_words(ROOT / "data" / "widget.yml"), "http://127.0.0.1/chat")


def test_the_numbers_are_in_the_served_script_and_not_in_the_built_file(widget, known):
    script = widget.script.decode()
    constant = json.loads(re.match(r"\{const gutSkinSettings=(.*);\n", script).group(1))
    assert constant["contacts"]["emergency"] == [c.as_dict() for c in known.clinic.numbers("emergency")]
    assert constant["article"]["hash"] == known.article.sha256
    for contact in known.clinic.numbers("reception", "emergency", "crisis"):
        assert f'"{contact.number}"' not in BUILT.read_text(encoding="utf-8")


def test_every_word_the_element_uses_is_there_and_every_word_is_used(widget):
    source = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "widget" / "src").rglob("*.js"))
    used = set(re.findall(r"(?<!/)\bwords\.(\w+)", source)) | set(
        re.findall(r'"(typing|slow|offline\w*|failed|not_loaded)"', source)
    )
    assert used == set(widget.words["en"])


@pytest.mark.parametrize("text", ["{}", "en: {launcher: x}\nde: {title: y}"])
def test_a_language_without_a_word_is_refused(tmp_path, text):
    file = tmp_path / "widget.yml"
    file.write_text(text)
    with pytest.raises(DataError):
        load_words(file)


def test_the_page_shows_every_passage_once_under_its_anchor(known):
    page = Pages(known, settings()).article
    for passage in known.article.passages:
        assert page.count(f'id="{passage.id}"') == 1
    assert page.count("<h1>") == 1
    assert page.count("<h3 ") == 5


def test_the_bare_page_may_be_framed_by_the_named_origins_only(known):
    pages = Pages(known, settings().copy(update={"cors_origins": "https://a.example https://b.example"}))
    assert pages.embed_policy == "frame-ancestors 'self' https://a.example https://b.example"
