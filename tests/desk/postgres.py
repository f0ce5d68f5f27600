"""A PostgreSQL of one's own in a temporary folder, reached over a socket in it."""

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

ACCOUNTS = ("postgres", "nobody")
OPTIONS = "-c listen_addresses='' -c fsync=off -c unix_socket_directories="


class NoPostgresError(Exception):
    """There is none here."""


@contextmanager
def postgres():
    """Its address.

    Raises:
        NoPostgresError: the program, or an account that may run it, is missing.
    """
    programs, account = _programs(), _account()
    with tempfile.TemporaryDirectory(prefix="gut-skin-postgres-") as folder:
        if account:
            shutil.chown(folder, account)
        data, as_account = Path(folder) / "data", {"user": account, "cwd": folder, "stdout": subprocess.DEVNULL}
        control = [programs / "pg_ctl", "--pgdata", data, "--silent", "--wait"]
        making = [programs / "initdb", "--pgdata", data, "--username=postgres", "--auth=trust", "--no-sync"]
        subprocess.run(making, check=True, **as_account)
        starting = [*control, "--log", Path(folder) / "log", "--options", f"{OPTIONS}{folder}", "start"]
        subprocess.run(starting, check=True, **as_account)
        try:
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            subprocess.run([*control, "--mode=immediate", "stop"], check=True, **as_account)


def _programs():
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not folders:
        raise NoPostgresError("no PostgreSQL program")
    return folders[-1]


def _account():
    """PostgreSQL does not run as root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    for name in ACCOUNTS:
        if name in known:
            return name
    raise NoPostgresError("no account that may run PostgreSQL")
