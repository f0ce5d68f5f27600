"""Keeps TensorFlow out of the processes that never compute with it.

spaCy's `thinc` imports it wherever it is installed, which costs such a process seconds at start and hundreds of
megabytes. Rasa brings it along; of our processes only Rasa's own imports need it.
"""

from __future__ import annotations

import sys


def leave_out_tensorflow() -> None:
    """From here on `import tensorflow` fails, as if it were not installed; call it before spaCy is imported."""
    sys.modules.setdefault("tensorflow", None)  # type: ignore[arg-type]
