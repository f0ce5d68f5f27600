"""Serves the desk, on loopback unless DESK_HOST says otherwise: `python -m desk`."""

from __future__ import annotations

import sys

import uvicorn

from desk.app import create_app
from gutskin.errors import GutSkinError
from gutskin.settings import settings


def main() -> None:
    """Runs until it is ended."""
    try:
        app = create_app(settings())
    except GutSkinError as problem:
        sys.exit(f"The desk cannot start. {problem}")
    # No access log: addresses of pages hold references and what was searched for.
    uvicorn.run(
        app,
        host=settings().desk_host,
        port=settings().desk_port,
        access_log=False,
        log_level="warning",
        ws="none",
        proxy_headers=False,
        server_header=False,
    )


if __name__ == "__main__":
    main()
