"""The action server, on loopback only (`python -m rasa_sdk` would listen on every address)."""

from __future__ import annotations

import os

from rasa_sdk.endpoint import create_app
from sanic import Sanic

from gutskin.knowledge import knowledge


def main() -> None:
    """Serves the custom actions on ACTIONS_PORT; everything is loaded before the first visitor asks."""
    knowledge()
    app: Sanic = create_app("actions")
    app.run(host="127.0.0.1", port=int(os.environ["ACTIONS_PORT"]), access_log=False)


if __name__ == "__main__":
    main()
