"""The desk: what it does with a request, its accounts, the audit, the log of what was asked, the votes."""

import json

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0002", "0001"
RANKS = {"emergency": 0, "urgent": 1, "routine": 2}


def upgrade() -> None:
    """Adds them, and ranks the requests that are there."""
    moment = sa.DateTime(timezone=True)
    for column in (
        sa.Column("rank", sa.Integer, nullable=False, server_default="3"),
        sa.Column("version", sa.Integer, nullable=False, server_default="1"),
        sa.Column("owner", sa.String(60)), sa.Column("call_again_at", moment), sa.Column("done_at", moment),
        sa.Column("outcome", sa.String(40)), sa.Column("note", sa.Text), sa.Column("changed_by", sa.String(60)),
        sa.Column("before", sa.JSON), sa.Column("attached", sa.JSON), sa.Column("erase_on", sa.Date),
    ):  # fmt: skip
        op.add_column("callback_requests", column)
    requests = sa.table("callback_requests", sa.column("id"), sa.column("rank"), sa.column("summary", sa.Text))
    for row in op.get_bind().execute(sa.select(requests.c.id, sa.cast(requests.c.summary, sa.Text))).all():
        rank = RANKS.get(json.loads(row[1]).get("level"), 3)
        op.get_bind().execute(sa.update(requests).where(requests.c.id == row[0]).values(rank=rank))
    op.create_index("ix_callback_requests_queue", "callback_requests", ["status", "rank", "created_at"])
    op.create_table(
        "desk_users",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(60), nullable=False, unique=True),
        sa.Column("password", sa.String(200), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
        sa.Column("locked_until", moment),
    )
    op.create_table(
        "desk_sessions",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("desk_users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("csrf", sa.String(64), nullable=False),
        sa.Column("seen_at", moment, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", moment, nullable=False, index=True),
        sa.Column("who", sa.String(60), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("reference", sa.String(6), index=True),
    )
    op.create_table(
        "exchanges",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("day", sa.Date, nullable=False, index=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("level", sa.String(20), nullable=False),
        sa.Column("sections", sa.JSON, nullable=False),
        sa.Column("passages", sa.JSON, nullable=False),
        sa.Column("terms", sa.JSON, nullable=False),
        sa.Column("milliseconds", sa.Integer, nullable=False),
    )
    op.create_table(
        "votes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("article", sa.String(64), nullable=False, index=True),
        sa.Column("passages", sa.JSON, nullable=False),
        sa.Column("helpful", sa.Boolean, nullable=False),
    )
