"""Which wording and which rules an answer came from: hashes that are kept with every call-back request."""

from __future__ import annotations

import hashlib
from pathlib import Path

RULES = ("red_flags", "triage")


def text_version(text: str) -> str:
    """The hash of a text, such as the consent card that was shown."""
    return hashlib.sha256(text.encode()).hexdigest()


def rules_version(data_dir: Path) -> str:
    """The hash of all red-flag and triage rules."""
    digest = hashlib.sha256()
    for folder in RULES:
        for file in sorted((data_dir / folder).glob("*.yml")):
            digest.update(f"{folder}/{file.name}\n".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()
