"""The sentences and texts of the repository, for tests that hold one file against another."""

import json
import re

from gutskin.documents import read_yaml
from gutskin.settings import ROOT

_ANNOTATED = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


def flat(text: str) -> str:
    """The text in the form in which two sentences are the same: letters and digits, lower case."""
    return " ".join(re.findall(r"\w+", text.lower()))


def examples(file) -> dict[str, list[str]]:
    """The example sentences of a training-data file, by intent."""
    found: dict[str, list[str]] = {}
    for block in read_yaml(file).get("nlu") or []:
        if "intent" in block:
            lines = [line.strip()[2:] for line in block["examples"].split("\n") if line.strip()]
            found.setdefault(block["intent"], []).extend(_ANNOTATED.sub(r"\1", line) for line in lines)
    return found


def training() -> dict[str, list[str]]:
    """All example sentences that the model is trained on, by intent."""
    found: dict[str, list[str]] = {}
    for file in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for intent, sentences in examples(file).items():
            found.setdefault(intent, []).extend(sentences)
    return found


def turns(file) -> list[str]:
    """What people write in a file of labelled cases."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [turn for row in rows for turn in row["turns"]]


def domain() -> dict:
    return read_yaml(ROOT / "domain.yml")


def steps() -> list[list[dict]]:
    """The steps of every rule."""
    files = sorted((ROOT / "data" / "rules").glob("*.yml"))
    return [rule["steps"] for file in files for rule in read_yaml(file)["rules"]]
