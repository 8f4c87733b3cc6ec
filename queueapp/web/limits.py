"""Limits for those who try secrets: sliding windows in memory, multiplied by RATE_LIMIT_FACTOR."""

import time

from flask import current_app, request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from ..errors import TooManyTries, refuse

_window = MovingWindowRateLimiter(MemoryStorage())


def count_try(what: str, who: str, per_minute: int) -> None:
    """One more try of `what` by `who`; refuses beyond `per_minute`."""
    limit = RateLimitItemPerMinute(max(1, round(per_minute * current_app.config["RATE_LIMIT_FACTOR"])))
    if not _window.hit(limit, what, who):
        reset = _window.get_window_stats(limit, what, who).reset_time
        refuse(TooManyTries, retry_after_s=max(1, round(reset - time.time())))


def address() -> str:
    return request.remote_addr or "unknown"
