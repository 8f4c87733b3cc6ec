"""Who may come in: people with a password, their sign-ins, and enrolled devices."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ..extensions import Base
from .columns import BranchId, Digest, Id, Json, Moment, Name, OrganisationId, Word

ROLES = ("agent", "supervisor", "admin")
DEVICE_KINDS = ("kiosk", "board", "station")


class User(Base):
    """A person of the staff. Without a branch they belong to the whole organisation."""

    __tablename__ = "user"
    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branch.id"))
    username: Mapped[Name] = mapped_column(unique=True)
    name: Mapped[Name]
    role: Mapped[Word]
    password_hash: Mapped[str] = mapped_column(String(200))
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (CheckConstraint("role IN ('agent', 'supervisor', 'admin')", name="role"),)


class SignIn(Base):
    """One sign-in of a person; its secret lives in their cookie, only its digest here."""

    __tablename__ = "sign_in"
    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    token_digest: Mapped[Digest] = mapped_column(unique=True)
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]


class Device(Base):
    """An enrolled kiosk, board or station; its token is kept as a digest and can be revoked."""

    __tablename__ = "device"
    id: Mapped[Id]
    organisation_id: Mapped[OrganisationId]
    branch_id: Mapped[BranchId]
    kind: Mapped[Word]
    name: Mapped[Name]
    token_digest: Mapped[Digest] = mapped_column(unique=True)
    settings: Mapped[Json] = mapped_column(default=dict)
    created_at: Mapped[Moment]
    revoked_at: Mapped[Moment | None]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (CheckConstraint("kind IN ('kiosk', 'board', 'station')", name="kind"),)


class Pairing(Base):
    """A screen that shows a code and waits for an administrator to approve it."""

    __tablename__ = "pairing"
    id: Mapped[Id]
    kind: Mapped[Word]
    code: Mapped[str] = mapped_column(String(9), unique=True)
    secret_digest: Mapped[Digest] = mapped_column(unique=True)
    expires_at: Mapped[Moment]
    device_id: Mapped[int | None] = mapped_column(ForeignKey("device.id"))
