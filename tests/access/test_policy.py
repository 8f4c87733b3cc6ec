"""The policy table and its three answers: who are you, not yours, no such thing."""

from types import SimpleNamespace

import pytest

from queueapp.access import ANONYMOUS, POLICY, SYSTEM, Principal, may, require
from queueapp.errors import NoSuchThing, NotYours, WhoAreYou
from queueapp.web.door import allow

HERE = SimpleNamespace(id=1, organisation_id=1)
BESIDE = SimpleNamespace(id=2, organisation_id=1)
ABROAD = SimpleNamespace(id=3, organisation_id=2)
AGENT = Principal("user", 7, "agent", 1, 1)
HEAD = Principal("user", 8, "admin", 1)
KIOSK = Principal("device", 9, "kiosk", 1, 1)


@pytest.mark.parametrize(
    ("who", "where", "answer"),
    [
        (AGENT, HERE, None), (AGENT, BESIDE, NotYours), (AGENT, ABROAD, NoSuchThing),
        (HEAD, HERE, None), (HEAD, BESIDE, None), (HEAD, ABROAD, NoSuchThing),
        (KIOSK, HERE, NotYours), (KIOSK, ABROAD, NoSuchThing),
        (ANONYMOUS, HERE, WhoAreYou), (ANONYMOUS, ABROAD, WhoAreYou), (SYSTEM, ABROAD, None),
    ],
)  # fmt: skip
def test_working_at_a_terminal(who, where, answer):
    assert may(who, "terminal.act", where) is (answer is None)
    if answer:
        with pytest.raises(answer):
            require(who, "terminal.act", where)
    else:
        require(who, "terminal.act", where)


def test_what_concerns_no_branch_asks_for_the_role_only():
    require(AGENT, "terminal.act")
    with pytest.raises(NotYours):
        require(KIOSK, "terminal.act")
    with pytest.raises(WhoAreYou):
        require(ANONYMOUS, "terminal.act")


def test_anybody_may_join_a_line_by_its_poster():
    assert may(ANONYMOUS, "customer.join", HERE)


def test_an_action_without_a_row_is_a_mistake_that_shows():
    with pytest.raises(KeyError):
        may(AGENT, "hall.burn")
    with pytest.raises(LookupError):
        allow("hall.burn")


@pytest.mark.parametrize("action", POLICY)
def test_no_row_is_empty_and_none_names_an_unknown_role(action):
    known = {"agent", "supervisor", "admin", "kiosk", "board", "station", "ticket", "anonymous"}
    assert POLICY[action]
    assert POLICY[action] <= known


def test_a_principal_has_a_name_in_tokens_and_rooms_and_less_of_one_in_public():
    assert (AGENT.subject, KIOSK.subject, ANONYMOUS.subject) == ("user-7", "device-9", "anonymous")
    assert AGENT.public == {"kind": "user", "id": 7}
