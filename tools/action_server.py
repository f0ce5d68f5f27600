"""The action server, on loopback unless ACTIONS_HOST says otherwise (`python -m rasa_sdk` would listen on every address)."""

from __future__ import annotations

from gutskin import logs
from gutskin.settings import settings
from tools.lean import leave_out_tensorflow


def main() -> None:
    """Serves the custom actions on ACTIONS_PORT; everything is loaded before the first visitor asks."""
    leave_out_tensorflow()
    from rasa_sdk.endpoint import create_app
    from sanic.request import Request

    from gutskin.knowledge import knowledge

    knowledge()
    logs.set_up()
    app = create_app("actions")

    @app.middleware("request")
    async def name_request(request: Request) -> None:
        logs.begin_request(request.headers.get(logs.HEADER))

    app.run(host=settings().actions_host, port=settings().actions_port, access_log=False)


if __name__ == "__main__":
    main()
