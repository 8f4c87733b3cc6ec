"""Column types and the few columns that many tables share."""

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import JSON, DateTime, ForeignKey, String, TypeDecorator
from sqlalchemy.orm import mapped_column


class Utc(TypeDecorator[datetime]):
    """A moment in UTC: aware in Python, without a zone in the database (SQLite has no zones)."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


Id = Annotated[int, mapped_column(primary_key=True)]
Name = Annotated[str, mapped_column(String(80))]
Word = Annotated[str, mapped_column(String(16))]
Digest = Annotated[str, mapped_column(String(64))]
Moment = Annotated[datetime, mapped_column(Utc)]
Json = Annotated[dict[str, Any], mapped_column(JSON)]
JsonList = Annotated[list[Any], mapped_column(JSON)]
OrganisationId = Annotated[int, mapped_column(ForeignKey("organisation.id"), index=True)]
BranchId = Annotated[int, mapped_column(ForeignKey("branch.id"), index=True)]
