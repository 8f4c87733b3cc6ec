"""Signing in and out, one-time passwords, the first administrator, and how passwords are kept."""

import pytest
from sqlalchemy import select

from queueapp.access import ANONYMOUS
from queueapp.errors import AlreadySetUp, NameIsTaken, WrongNameOrPassword
from queueapp.extensions import db
from queueapp.models import Organisation, SignIn, User
from queueapp.operations import people, signing
from queueapp.queries import identity

from ..factories import PASSWORD


def test_name_and_password_begin_a_sign_in(act, north):
    person, secret, principal = act(signing.sign_in, north.agent.username, PASSWORD)
    assert (person.id, principal.role, principal.branch_id) == (north.agent.id, "agent", north.id)
    assert act(identity.by_sign_in, secret) == principal


@pytest.mark.parametrize(
    ("username", "password"),
    [("agent-north", "wrong"), ("agent-north", ""), ("nobody", PASSWORD), ("AGENT-NORTH", PASSWORD), ("", "")],
)
def test_a_wrong_name_and_a_wrong_password_are_the_same_refusal(username, password, act):
    with pytest.raises(WrongNameOrPassword) as refused:
        act(signing.sign_in, username, password)
    assert refused.value.facts == {}


def test_who_has_no_access_any_more_can_not_sign_in(act, north):
    act(people.delete, north.agent.id, actor=north.admin.principal)
    with pytest.raises(WrongNameOrPassword):
        act(signing.sign_in, north.agent.username, PASSWORD)


def test_an_unknown_name_is_hashed_like_a_known_one(act, monkeypatch):
    """Otherwise the time of the answer would say which names exist."""
    seen = []
    monkeypatch.setattr(signing, "_matches", lambda kept, password: seen.append(kept) or False)
    for name in ("agent-north", "nobody"):
        with pytest.raises(WrongNameOrPassword):
            act(signing.sign_in, name, "guess")
    assert [kept.startswith("$argon2id$") for kept in seen] == [True, True]


def test_passwords_are_hashed_as_strongly_as_owasp_asks():
    """The suite hashes cheaply; this one was made at import, by the product's own hasher."""
    assert signing._nobody.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_neither_password_nor_secret_is_in_the_database(act, app, north):
    _, secret, _ = act(signing.sign_in, north.agent.username, PASSWORD)
    file = app.config["DATABASE_URL"].removeprefix("sqlite:///")
    with open(file, "rb") as main, open(f"{file}-wal", "rb") as log:
        kept = main.read() + log.read()
    assert secret.encode() not in kept
    assert PASSWORD.encode() not in kept


def test_a_sign_in_ends_by_itself(act, north, clock, app):
    _, secret, _ = act(signing.sign_in, north.agent.username, PASSWORD)
    clock.forward(hours=app.config["SESSION_HOURS"])
    assert act(identity.by_sign_in, secret)
    clock.forward(seconds=1)
    assert act(identity.by_sign_in, secret) is None


def test_signing_out_ends_this_sign_in_and_no_other(act, north):
    _, first, principal = act(signing.sign_in, north.agent.username, PASSWORD)
    _, second, _ = act(signing.sign_in, north.agent.username, PASSWORD)
    token = act(identity.short_token, principal)["access_token"]
    assert act(identity.by_bearer, token) == principal
    act(signing.sign_out, principal)
    assert act(identity.by_sign_in, first) is None
    assert act(identity.by_bearer, token) == ANONYMOUS
    assert act(identity.by_sign_in, second)


def test_signing_out_without_a_sign_in_is_nothing(act, north, written):
    act(signing.sign_out, north.kiosk.principal)
    assert written() == []


def test_losing_access_ends_every_sign_in_at_once(act, north):
    _, secret, principal = act(signing.sign_in, north.agent.username, PASSWORD)
    token = act(identity.short_token, principal)["access_token"]
    act(people.delete, north.agent.id, actor=north.admin.principal)
    assert act(identity.by_sign_in, secret) is None
    assert act(identity.by_bearer, token) == ANONYMOUS


def test_a_new_password_ends_the_sign_ins_of_the_old_one(act, north):
    _, secret, _ = act(signing.sign_in, north.agent.username, PASSWORD)
    act(people.update, north.agent.id, {"password": "quite another one"}, actor=north.admin.principal)
    assert act(identity.by_sign_in, secret) is None
    assert act(signing.sign_in, north.agent.username, "quite another one")


def test_who_changes_their_own_password_stays_signed_in(act, north):
    act(people.update, north.admin.id, {"password": "quite another one"}, actor=north.admin.principal)
    assert act(identity.by_sign_in, north.admin.secret)


def test_an_empty_hall_gets_its_first_administrator_once(empty_app, act):
    user = act(signing.first_administrator, "ada", PASSWORD, "Ada", "Our hall")
    kept = act(lambda: db.session.scalars(select(Organisation)).one())
    assert (kept.name, user.role, user.organisation_id, user.branch_id) == ("Our hall", "admin", kept.id, None)
    with pytest.raises(AlreadySetUp):
        act(signing.first_administrator, "eve", PASSWORD, "Eve", "Mine")
    assert act(lambda: [row.username for row in db.session.scalars(select(User))]) == ["ada"]


def test_the_command_line_makes_administrators_with_one_time_passwords(act, north):
    password = act(signing.create_admin, "second", north.organisation_id)
    user, _, _ = act(signing.sign_in, "second", password)
    assert (user.role, user.organisation_id, user.branch_id) == ("admin", north.organisation_id, None)
    with pytest.raises(NameIsTaken):
        act(signing.create_admin, "second", north.organisation_id)


def test_a_sign_in_is_one_row_with_a_digest(act, north):
    _, secret, principal = act(signing.sign_in, north.agent.username, PASSWORD)
    row = act(lambda: db.session.get(SignIn, principal.sign_in_id))
    assert (row.user_id, row.token_digest, row.ended_at) == (north.agent.id, identity.digest(secret), None)
