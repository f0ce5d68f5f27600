"""Ends what has been kept long enough, once or every hour; or erases or hands out what is held under one reference.

python -m tools.retention [--hourly | --erase REFERENCE | --held REFERENCE]
"""

from __future__ import annotations

import argparse
import json
import logging
import time

import sqlalchemy as sa

from gutskin.settings import settings
from gutskin.store.retention import Retention

HOUR = 3600
WHO = "command line"
_logger = logging.getLogger(__name__)


def main() -> None:
    """Runs once, or until it is ended."""
    parser = argparse.ArgumentParser(description="Ends what has been kept long enough.")
    parser.add_argument("--hourly", action="store_true", help="again every hour")
    parser.add_argument("--erase", metavar="REFERENCE", help="erase or lock what is held under a reference")
    parser.add_argument("--held", metavar="REFERENCE", help="print what is held under a reference")
    asked = parser.parse_args()
    retention = Retention(settings())
    if asked.erase:
        print(retention.erase(asked.erase.upper(), WHO) or "There is no request with this reference.")
    elif asked.held:
        held = retention.held(asked.held.upper(), WHO)
        print(json.dumps(held, indent=2, default=str) if held else "There is no request with this reference.")
    elif not asked.hourly:
        print("Erased: " + ", ".join(f"{count} {name}" for name, count in retention.run().items()))
    while asked.hourly:
        try:
            retention.run()
        except (sa.exc.SQLAlchemyError, OSError) as problem:
            _logger.error("Retention did not run, it tries again in an hour: %s.", type(problem).__name__)
        time.sleep(HOUR)


if __name__ == "__main__":
    main()
