"""A believable day at the demo hall: visitors and agents who use nothing but the public REST."""

from .day import Day

__all__ = ["Day"]
