"""The assistant's own process: Rasa's server with the one channel, without TensorFlow.

python -m tools.assistant MODEL [--endpoints FILE]
"""

from __future__ import annotations

import argparse
import sys

from gutskin.settings import settings
from tools.lean import stand_in_for_tensorflow


def main() -> None:
    """Serves a trained model at HOST and PORT until SIGTERM."""
    parser = argparse.ArgumentParser(description="Serves a trained model.")
    parser.add_argument("model", help="a file that training made")
    parser.add_argument("--endpoints", default="endpoints.yml", help="where the engines are")
    asked = parser.parse_args()
    sys.argv = ["rasa", "run", "--model", asked.model, "--endpoints", asked.endpoints]
    sys.argv += ["--interface", settings().host, "--port", str(settings().port)]
    for origin in settings().cors_origins.split():
        sys.argv += ["--cors", origin]
    stand_in_for_tensorflow()
    from rasa.__main__ import main as rasa

    rasa()


if __name__ == "__main__":
    main()
