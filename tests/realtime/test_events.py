"""The catalogue: each event documented, with an audience, told in the words of the contract."""

import inspect
import re
from types import SimpleNamespace

import pytest

from queueapp.models.ticket import MOVES
from queueapp.operations.acts import NEWS
from queueapp.realtime import events
from queueapp.realtime.events import PUBLIC, STAFF, SYSTEM, TICKET, catalogue
from queueapp.schemas import shapes

# CONTRACT.md, "Durable events". An event that is not promised there is not sent under a name nobody knows.
PROMISED = (
    "ticket-created ticket-called ticket-recalled ticket-started ticket-held ticket-resumed ticket-transferred "
    "ticket-missed ticket-returned ticket-cancelled ticket-completed ticket-corrected counter-opened "
    "counter-paused counter-closed counter-updated service-created service-updated service-deleted quota-low "
    "quota-exhausted quota-restored capacity-changed settings-updated announcement-published "
    "announcement-withdrawn alert-raised alert-taken alert-cleared notice-created notice-read message-sent "
    "lock-acquired lock-released "
)
INTERNAL = ["access-revoked"]
EVERY = pytest.mark.parametrize("event", catalogue(), ids=lambda event: event.wire_name())


@EVERY
def test_an_event_is_documented(event):
    assert event.__doc__
    assert event.__doc__ != event.__mro__[1].__doc__, "it says the same as its base"
    assert len(inspect.cleandoc(event.__doc__)) > 5


@EVERY
def test_an_event_has_an_audience(event):
    assert event.audiences
    assert set(event.audiences) <= {PUBLIC, STAFF, TICKET, SYSTEM}


@EVERY
def test_an_event_is_called_what_the_contract_calls_it(event):
    assert event.wire_name() in [*PROMISED.split(), *INTERNAL]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", event.wire_name())


def test_names_are_unique():
    names = [event.wire_name() for event in catalogue()]
    assert len(set(names)) == len(names) > 20


def test_every_act_on_a_ticket_has_news():
    assert set(NEWS) == {*MOVES, "issue", "undo"}


def test_an_event_goes_to_the_streams_of_its_own_branch():
    ticket, counter = SimpleNamespace(id=5, branch_id=2), SimpleNamespace(id=7, branch_id=3)
    branch = SimpleNamespace(id=4)
    assert events.TicketCalled.streams(ticket) == {PUBLIC: "public-2", STAFF: "staff-2", TICKET: "ticket-5"}
    assert events.CounterOpened.streams(counter) == {PUBLIC: "public-3", STAFF: "staff-3"}
    assert events.SettingsUpdated.streams(branch) == {PUBLIC: "public-4", STAFF: "staff-4"}
    assert events.AccessRevoked.streams("user-1") == {SYSTEM: "system"}


@EVERY
def test_the_public_is_told_in_public_shapes_only(event):
    public = {shapes.PublicTicket, shapes.PublicCounter, shapes.PublicService, shapes.PublicBranch}
    told = event.audiences.get(PUBLIC)
    assert told is None or type(told) in public


@pytest.mark.parametrize(
    ("shape", "allowed"),
    [
        (
            shapes.PublicTicket,
            "id number service_id branch_id status rank priority counter_id counter language created_at called_at"
            " recalled_at started_at finished_at missed_at recalls version",
        ),
        (shapes.PublicCounter, "id branch_id name kind place status service_ids version"),
        (shapes.PublicService, "id branch_id letter names position expected_minutes is_open opens_at version"),
        (shapes.PublicBranch, "id organisation_id name time_zone languages settings version"),
    ],
)
def test_a_public_shape_grows_only_on_purpose(shape, allowed):
    assert set(shape().fields) == set(allowed.split())
