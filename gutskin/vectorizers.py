"""How a text's spelling and its words become features, alike for topics and for danger."""

from __future__ import annotations

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer


def of_characters() -> TfidfVectorizer:
    """Pieces of words, which a typing error leaves mostly whole."""
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=2, dtype=np.float32)


def of_words() -> TfidfVectorizer:
    """Words and pairs of them."""
    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\w+", dtype=np.float32)
