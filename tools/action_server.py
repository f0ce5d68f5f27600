"""The action server, on loopback only (`python -m rasa_sdk` would listen on every address)."""

from __future__ import annotations

import os

from tools.lean import leave_out_tensorflow


def main() -> None:
    """Serves the custom actions on ACTIONS_PORT; everything is loaded before the first visitor asks."""
    leave_out_tensorflow()
    from rasa_sdk.endpoint import create_app

    from gutskin.knowledge import knowledge

    knowledge()
    app = create_app("actions")
    app.run(host="127.0.0.1", port=int(os.environ["ACTIONS_PORT"]), access_log=False)


if __name__ == "__main__":
    main()
