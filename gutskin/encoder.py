"""Sentences as vectors of meaning: all-MiniLM-L6-v2 in onnxruntime, one thread, about a millisecond each."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

GRAPH = "encoder.onnx"
TOKENIZER = "tokenizer.json"
LONGEST = 128
WIDTH = 384


class Encoder:
    """A loaded encoder; safe to share between threads."""

    def __init__(self, graph: Path, tokenizer: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)

    def encode(self, texts: list[str]) -> np.ndarray:
        """Unit vectors, float32 of shape (texts, 384); texts of equal length are run together."""
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        by_length: dict[int, list[int]] = defaultdict(list)
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(texts)]
        for row, tokens in enumerate(ids):
            by_length[len(tokens)].append(row)
        for rows in by_length.values():
            batch = np.array([ids[row] for row in rows], dtype=np.int64)
            vectors[rows] = self._session.run(None, {"ids": batch})[0]
        return vectors


@lru_cache(maxsize=1)
def load_encoder(folder: Path) -> Encoder:
    """The encoder that set-up built, one for all that read with it in a process.

    Raises:
        FileNotFoundError: it was not built; the text says how.
    """
    if not (folder / GRAPH).exists():
        raise FileNotFoundError(f"No sentence encoder in {folder}. Mend: run `make setup`.")
    return Encoder(folder / GRAPH, folder / TOKENIZER)
