"""The settings of `config.yml` and the examples of `data/nlu`, for measurements without a server."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import yaml

from gutskin.documents import read_yaml
from gutskin.encoder import Encoder
from gutskin.nlu.topic_model import Recipe
from gutskin.settings import ROOT

CLASSIFIER = "gutskin.nlu.topic_classifier.TopicClassifier"
_ANNOTATED = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


def configured_recipe(seed: int | None = None) -> Recipe:
    """The recipe of `config.yml`, with another seed if one is given."""
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    settings = next(component for component in pipeline if component["name"] == CLASSIFIER)
    recipe = Recipe(**{f.name: settings[f.name] for f in fields(Recipe) if f.name in settings})
    return recipe if seed is None else replace(recipe, seed=seed)


def training_examples(folder: Path) -> list[tuple[str, str]]:
    """(sentence, intent) of every example in the folder's files."""
    found = []
    for file in sorted(folder.glob("*.yml")):
        for block in read_yaml(file).get("nlu") or []:
            lines = [line.strip() for line in str(block.get("examples", "")).splitlines()]
            if "intent" in block:
                found += [(_ANNOTATED.sub(r"\1", line[2:]), block["intent"]) for line in lines if line.startswith("- ")]
    return found


class RememberingEncoder(Encoder):
    """Encodes each sentence once, as cross-validation asks for the same ones again and again."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, np.ndarray] = {}

    def encode(self, texts: list[str]) -> np.ndarray:
        """As the encoder does it."""
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if new:
            self._vectors.update(zip(new, self._encoder.encode(new), strict=True))
        return np.stack([self._vectors[text] for text in texts])
