"""The numbered news, the keys of presses, and the few facts about the database itself."""

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..extensions import Base
from .columns import Moment, Word


class Stream(Base):
    """One audience's numbering: `seq` is the last number given, `floor` the last one no longer kept."""

    __tablename__ = "stream"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    seq: Mapped[int] = mapped_column(default=0)
    floor: Mapped[int] = mapped_column(default=0)


class StoredEvent(Base):
    """One line of news in one stream, exactly as it is sent; appended, never edited."""

    __tablename__ = "event"
    stream: Mapped[str] = mapped_column(String(40), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    eid: Mapped[str] = mapped_column(String(22))
    type: Mapped[str] = mapped_column(String(40))
    at: Mapped[Moment]
    envelope: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index("ix_event_at", "at"),)


class Press(Base):
    """An Idempotency-Key with the first answer: pressing again gives that answer again and does nothing."""

    __tablename__ = "press"
    scope: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[Moment]
    __table_args__ = (Index("ix_press_at", "at"),)


class Fact(Base):
    """A fact about this database: `epoch` changes whenever history may have (restore), so no cursor outlives it."""

    __tablename__ = "fact"
    name: Mapped[Word] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(String(200))
