"""Trains the model when what it is made of has changed, and only then."""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gutskin.settings import ROOT, settings

MODELS = ROOT / "models"
MEGABYTE = 1 << 20
RASA_ENVIRONMENT = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "2", "PYTHONWARNINGS": "ignore"}
"""Nothing is reported to anyone, and nothing is printed that nobody can act on."""
INGREDIENTS = (
    "config.yml", "domain.yml", "requirements/run.txt", "data/nlu", "data/rules", "data/stories", "data/lexicon",
    "gutskin/nlu", "gutskin/encoder.py", "gutskin/context_speller.py", "gutskin/text_features.py",
    "gutskin/linear_model.py", "tools/build_encoder.py",
    "requirements/encoder.txt", "gutskin/lexicon.py", "gutskin/spelling.py", "gutskin/text.py",
    "gutskin/hinglish.py", "data/hinglish.yml", "data/everyday_words.yml",
)  # fmt: skip


def fingerprint() -> str:
    """A hash of everything that the trained model depends on."""
    digest = hashlib.sha256()
    for ingredient in INGREDIENTS:
        path = ROOT / ingredient
        files = [path] if path.is_file() else sorted(f for f in path.rglob("*") if f.suffix in (".yml", ".py"))
        for file in files:
            digest.update(str(file.relative_to(ROOT)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def model_file() -> Path:
    """Where the model of the present files is, or will be."""
    return MODELS / f"assistant-{fingerprint()}.tar.gz"


def is_whole(model: Path) -> bool:
    """Whether the file can be read to its end."""
    try:
        with gzip.open(model) as archive:
            found = len(archive.read(1))
            while archive.read(MEGABYTE):
                pass
        return bool(found)
    except (EOFError, OSError, zlib.error):
        return False


def trained_model() -> Path:
    """The model of the present files, trained first if there is none, and the reader of red flags beside it.

    Raises:
        SystemExit: training failed; its output is shown.
    """
    model = model_file()
    if model.exists() and not is_whole(model):
        print(f"{model.relative_to(ROOT)} is damaged and is made anew.", flush=True)
        model.unlink()
    with _reader_in_training():
        if model.exists():
            print(f"The model is up to date: {model.relative_to(ROOT)}", flush=True)
        else:
            _train(model)
    return model


@contextmanager
def _reader_in_training() -> Iterator[None]:
    """Lets the reader of red flags learn in a process of its own meanwhile, if it has to: it takes as long as the model."""
    from gutskin.knowledge import reader_file  # it loads everything; the name of the model needs nothing of it

    if reader_file(settings()).exists():
        yield
        return
    command = [sys.executable, "-m", "tools.train_reader"]
    environment = {**os.environ, **RASA_ENVIRONMENT}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as training:
        yield
        output, _ = training.communicate()
    if training.returncode:
        sys.exit(f"The reader of red flags could not be trained. Its output:\n{output}")
    print(output, end="", flush=True)


def _train(model: Path) -> None:
    started = time.monotonic()
    command = [
        sys.executable, "-m", "rasa", "train", "--force", "--domain", "domain.yml", "--config", "config.yml",
        "--data", "data/nlu", "data/rules", "data/stories", "--out", str(MODELS), "--fixed-model-name", model.name,
    ]  # fmt: skip
    log = ROOT / ".state" / "train.log"
    log.parent.mkdir(exist_ok=True)
    environment = {**os.environ, **RASA_ENVIRONMENT}
    with (
        log.open("w") as output,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output) as training,
    ):
        while training.poll() is None:
            print(f"\rTraining … {time.monotonic() - started:3.0f} s", end="", flush=True)
            time.sleep(1)
    print(flush=True)
    if training.returncode or not model.exists():
        sys.exit(f"Training failed. Its output:\n{log.read_text()}\nThe output is kept in {log.relative_to(ROOT)}.")
    _seconds_file(model).write_text(f"{time.monotonic() - started:.1f}")
    print(f"Trained in {time.monotonic() - started:.0f} s: {model.relative_to(ROOT)}", flush=True)


def training_seconds() -> float | None:
    """How long the present model took to train here; nothing where it came from elsewhere."""
    file = _seconds_file(trained_model())
    return float(file.read_text()) if file.exists() else None


def _seconds_file(model: Path) -> Path:
    return model.with_name(model.name.replace(".tar.gz", ".seconds"))


if __name__ == "__main__":
    trained_model()
