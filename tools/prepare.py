"""Everything that has to be in order before the assistant starts: data, database, models. Says in one line what is not."""

from __future__ import annotations

import sys

import sqlalchemy as sa

from gutskin.errors import GutSkinError
from gutskin.settings import settings
from gutskin.store.database import Database
from tools.lean import leave_out_tensorflow
from tools.train import trained_model


def main() -> None:
    """Checks the data, brings the database to the newest schema, trains what is not trained."""
    leave_out_tensorflow()
    from tools.check_data import checked_knowledge

    checked_knowledge()
    try:
        Database(settings()).engine.dispose()
    except (GutSkinError, sa.exc.SQLAlchemyError) as problem:
        sys.exit(f"Cannot start. {str(problem).splitlines()[0]}")
    trained_model()
    settings().key()


if __name__ == "__main__":
    main()
