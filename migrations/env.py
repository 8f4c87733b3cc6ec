"""How migrations run: inside one transaction per step, batch mode for SQLite's limited ALTER TABLE."""

from alembic import context
from sqlalchemy import create_engine, pool

import queueapp.models  # noqa: F401  (tables register themselves)
from queueapp.config import load
from queueapp.extensions import Base
from queueapp.models.columns import Utc


def plain_types(kind, column_type, _context):
    """Migrations outlive the code: they name the database's own types, never a class of ours."""
    return "sa.DateTime()" if kind == "type" and isinstance(column_type, Utc) else False


url = context.config.get_main_option("sqlalchemy.url") or load()["DATABASE_URL"]
engine = create_engine(url, poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        transaction_per_migration=True,
        compare_type=True,
        render_item=plain_types,
    )
    with context.begin_transaction():
        context.run_migrations()
