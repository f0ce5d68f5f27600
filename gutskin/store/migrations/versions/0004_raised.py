"""Which counted messages raised a level: a conversation is counted once at each level, not once a message."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0004", "0003"


def upgrade() -> None:
    """Adds the column; what was counted before stays counted."""
    op.add_column("exchanges", sa.Column("raised", sa.Boolean, nullable=False, server_default=sa.true()))
