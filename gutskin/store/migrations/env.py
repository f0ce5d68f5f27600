"""Run by Alembic: migrations go over the connection that `gutskin.store.database` hands in."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
