"""The only clock: everything that asks the time asks here, so that tests move it in one place."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This instant, UTC, cut to the millisecond that the contract carries."""
    instant = datetime.now(UTC)
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def today(time_zone: str) -> date:
    """The business day that a branch in `time_zone` (an IANA name) is living in."""
    return local(now(), time_zone).date()


def local(instant: datetime, time_zone: str) -> datetime:
    """The same instant on the branch's own wall clock."""
    return instant.astimezone(ZoneInfo(time_zone))


def microseconds(instant: datetime) -> int:
    """Whole microseconds since 1970, the unit of a ticket's rank (fits a JavaScript number until 2255)."""
    return (instant - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def rfc3339(instant: datetime | None) -> str | None:
    """UTC with milliseconds and a Z: `2026-11-20T09:41:00.000Z`, the contract's only form of a time."""
    if instant is None:
        return None
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
