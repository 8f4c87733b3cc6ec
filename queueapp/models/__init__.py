"""Tables, and rules of ONE row. Rules across rows or about time live in operations."""

from .hall import Branch, Counter, Organisation, Service, Skill
from .people import Device, Pairing, SignIn, User
from .stream import Fact, Press, StoredEvent, Stream
from .ticket import History, NumberSeries, Ticket, Visit

__all__ = [
    "Branch", "Counter", "Device", "Fact", "History", "NumberSeries", "Organisation", "Pairing", "Press", "Service",
    "SignIn", "Skill", "StoredEvent", "Stream", "Ticket", "User", "Visit",
]  # fmt: skip
