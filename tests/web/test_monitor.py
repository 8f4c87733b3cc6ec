"""The board's door: who is called where, now and a moment ago."""

import pytest


@pytest.fixture
def board(door, north):
    return lambda query="": door(north.board).get(f"/api/monitor/board{query}").json


def test_the_board_shows_who_is_called_newest_first(board, create_ticket, desk, second_desk):
    first, second = create_ticket(status="called", at=desk), create_ticket(status="called", at=second_desk)
    create_ticket()
    assert [(ticket["id"], ticket["counter"]) for ticket in board()["tickets"]] == [(second.id, "2"), (first.id, "1")]


def test_the_missed_are_shown_as_long_as_they_may_return(board, create_ticket, desk, clock):
    ticket = create_ticket(status="missed", at=desk)
    assert [(one["id"], one["status"]) for one in board()["tickets"]] == [(ticket.id, "missed")]
    clock.forward(minutes=15)
    assert board()["tickets"] == []


@pytest.mark.parametrize("status", ["waiting", "held", "completed", "cancelled"])
def test_nobody_else_is_shown(status, board, create_ticket, desk):
    create_ticket(status=status, at=desk)
    assert board()["tickets"] == []


def test_a_board_can_show_a_part_of_the_hall(board, create_ticket, desk, second_desk, north):
    create_ticket(status="called", at=second_desk)
    permit = create_ticket(service_id=north.permits, status="called", at=desk)
    assert [one["id"] for one in board(f"?services={north.permits}")["tickets"]] == [permit.id]
    assert len(board(f"?services={north.permits},{north.passports}")["tickets"]) == 2
    assert len(board("?services=")["tickets"]) == 2


def test_a_board_names_no_agent(board, desk):
    assert {"agent", "seat"} & set(board()["counters"][0]) == set()
    assert board()["notices"] == []


def test_a_called_tickets_counter_is_the_one_that_called_last(board, create_ticket, desk, second_desk):
    ticket = create_ticket(status="held", at=desk)
    second_desk.resume(ticket)
    assert [one["counter"] for one in board()["tickets"]] == ["2"]
