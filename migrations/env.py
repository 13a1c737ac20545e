"""Alembic's entry: runs the migrations on the connection that the caller hands over."""

from typing import Any

from alembic import context
from alembic.runtime.migration import MigrationContext, MigrationInfo

from berichten.opslag.server.verenigbaar import note_oldest, oldest_fitting


def _note(*, ctx: MigrationContext, step: MigrationInfo, **_: Any) -> None:
    if ctx.connection is not None and step.up_revision_id is not None:
        note_oldest(ctx.connection, oldest_fitting(context.script, step.up_revision_id))


connection = context.config.attributes["connection"]
context.configure(connection=connection, transaction_per_migration=True, on_version_apply=_note)
with context.begin_transaction():
    context.run_migrations()
