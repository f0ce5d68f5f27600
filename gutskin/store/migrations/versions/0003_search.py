"""Name and contact in the form in which they are compared."""

import sqlalchemy as sa
from alembic import op

from gutskin.store.searching import contact_key, name_key

revision, down_revision = "0003", "0002"


def upgrade() -> None:
    """Adds the columns, and fills them for the requests that are there."""
    for name in ("search_name", "search_contact"):
        op.add_column("callback_requests", sa.Column(name, sa.Text, nullable=False, server_default=""))
    names = ("id", "name", "contact", "search_name", "search_contact")
    requests = sa.table("callback_requests", *(sa.column(name) for name in names))
    for row in op.get_bind().execute(sa.select(requests.c.id, requests.c.name, requests.c.contact)).all():
        keys = {"search_name": name_key(row.name), "search_contact": contact_key(row.contact)}
        op.get_bind().execute(sa.update(requests).where(requests.c.id == row.id).values(**keys))
