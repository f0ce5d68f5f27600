"""Hindi in Latin script."""

import pytest

from gutskin.errors import DataError
from gutskin.hinglish import load_hinglish


@pytest.mark.parametrize(
    "text",
    ["kya dahi se pimples kam hote hain", "pimple kyu hota h", "mujhe eczema hai", "KAISE KARE?", "acne nhi hoga kia"],
)
def test_hinglish_is_recognised(known, text):
    assert known.hinglish.is_spoken(text)


@pytest.mark.parametrize(
    "text",
    [
        "is curd good for acne", "he told me to do it in the main hall", "hi", "so do I", "is us so", "kya", "",
        "does the kam root that my aunt told me about do anything for the skin of her feet",
    ],
)  # fmt: skip
def test_english_is_not(known, text):
    assert not known.hinglish.is_spoken(text)


def test_spellings_become_one(known):
    normalised = known.hinglish.normalised
    assert (
        normalised("kia dahi nhi khana chaiye")
        == normalised("kya dahi nahin khaana chahiye")
        == "kya dahi nahi khana chahiye"
    )
    assert normalised("he was so kind") == "he was so kind"


def test_a_spelling_under_two_words_is_refused(tmp_path):
    file = tmp_path / "hinglish.yml"
    file.write_text("words:\n  kya: [kia]\n  hai: [kia]\ndoubtful: [se]\n")
    with pytest.raises(DataError, match="kia"):
        load_hinglish(file)
