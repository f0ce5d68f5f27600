"""Makes an account at the desk, or gives one a new password: `make desk-user NAME=asha ROLE=reception`."""

from __future__ import annotations

import getpass
import sys

from gutskin.settings import settings
from gutskin.store.database import Database
from gutskin.store.users import ROLES, Users


def main(arguments: list[str]) -> None:
    """Reads the password from the pipe, or asks for it."""
    if not arguments or not arguments[0]:
        sys.exit(f"Say whose: make desk-user NAME=asha ROLE={'|'.join(ROLES)}")
    name, role = arguments[0], arguments[1] if len(arguments) > 1 else ROLES[0]
    password = getpass.getpass(f"Password for {name}: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        Users(Database(settings()), settings().desk_idle_seconds).save(name, role, password)
    except ValueError as refused:
        sys.exit(f"{name} was not saved. {refused}")
    print(f"{name} may log in at the desk ({role}).")


if __name__ == "__main__":
    main(sys.argv[1:])
