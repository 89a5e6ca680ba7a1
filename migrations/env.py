"""What Alembic asks of us: the tables of the models and the connection that `storage.migrate` gives.

Run only from there (there is no alembic.ini): the transaction, its lock and the foreign keys are the caller's.
"""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

import migrations

migrations.load_models()

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,  # SQLite cannot alter a column or a constraint in place
    transactional_ddl=True,  # the engine begins its own transactions, so a half-done migration rolls back here too
)
with context.begin_transaction():
    context.run_migrations()
