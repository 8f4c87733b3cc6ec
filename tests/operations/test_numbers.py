"""Numbers: per service and business day, in the branch's own time zone; ranges, steps, laps and quotas."""

import pytest
from sqlalchemy import select

from queueapp.errors import BranchIsClosed, NoSuchThing, NumbersExhausted, QuotaExhausted, ServiceIsClosed
from queueapp.extensions import db
from queueapp.models import NumberSeries, Ticket
from queueapp.operations import setup
from queueapp.schemas.shapes import PublicTicket


@pytest.fixture
def take(create_ticket):
    """The next number of a service."""
    return lambda place=None, **wanted: create_ticket(*([place] if place else []), **wanted).number


@pytest.fixture
def set_service(act, north):
    """Edit the north's passports."""
    return lambda **values: act(setup.update_service, north.passports, values, actor=north.admin.principal)


@pytest.fixture
def set_branch(act, north):
    return lambda **values: act(setup.update_branch, north.id, values, actor=north.admin.principal)


def test_numbers_count_up_behind_the_letter(take):
    assert [take(), take(), take()] == ["A1", "A2", "A3"]


def test_each_service_counts_for_itself(take, north):
    assert [take(), take(service_id=north.permits), take()] == ["A1", "B1", "A2"]


def test_each_branch_counts_for_itself(take, north, south, abroad):
    assert [take(place) for place in (north, south, abroad, north)] == ["A1", "A1", "A1", "A2"]


def test_a_new_day_begins_at_the_branchs_midnight(take, set_branch, clock):
    set_branch(time_zone="Asia/Tokyo")  # nine hours ahead
    clock.at("2026-11-17 14:59")
    assert [take(), take()] == ["A1", "A2"]
    clock.at("2026-11-17 15:00")
    assert take() == "A1"


def test_midnight_utc_means_nothing_to_a_branch_in_the_west(take, set_branch, clock):
    set_branch(time_zone="America/Los_Angeles")
    clock.at("2026-11-17 23:59")
    assert take() == "A1"
    clock.at("2026-11-18 00:01")
    assert take() == "A2"


@pytest.mark.parametrize("day", ["2026-10-25", "2027-03-28"])
def test_the_day_the_clocks_change_has_no_number_twice(day, take, set_branch, clock, act):
    """London: an hour that happens twice, an hour that never happens."""
    for hour in range(24):
        clock.at(f"{day} {hour:02}:30")
        take()
    stored = act(lambda: list(db.session.execute(select(Ticket.business_day, Ticket.number))))
    assert len(set(stored)) == len(stored) == 24


def test_the_day_lasts_an_hour_longer_when_the_clocks_go_back(take, clock):
    clock.at("2026-10-24 23:30")  # already the 25th in London
    assert take() == "A1"
    clock.at("2026-10-25 23:30")  # still the 25th in London, 24 hours later
    assert take() == "A2"
    clock.at("2026-10-26 00:00")
    assert take() == "A1"


def test_a_range_and_a_step_are_kept(take, set_service):
    set_service(first_number=100, last_number=120, number_step=10)
    assert [take(), take(), take()] == ["A100", "A110", "A120"]


def test_a_range_that_ends_between_steps_wraps_at_its_last_whole_step(take, set_service):
    set_service(first_number=1, last_number=4, number_step=2)
    assert [take(), take(), take()] == ["A1", "A3", "A1"]


def test_numbers_wrap_into_the_next_lap(take, set_service):
    set_service(first_number=1, last_number=2)
    assert [take() for _ in range(5)] == ["A1", "A2", "A1", "A2", "A1"]


def test_numbers_that_may_not_wrap_run_out(take, set_service):
    set_service(first_number=1, last_number=2, wraps=False)
    take()
    take()
    with pytest.raises(NumbersExhausted):
        take()


def test_a_refused_number_is_not_used_up(take, set_service, act):
    set_service(first_number=1, last_number=1, wraps=False)
    take()
    for _ in range(3):
        with pytest.raises(NumbersExhausted):
            take()
    set_service(last_number=2)
    assert take() == "A2"


def test_a_range_edited_during_the_day_gives_no_number_twice(take, set_service, act):
    morning = [take() for _ in range(4)]
    set_service(first_number=3, last_number=9, wraps=False)
    afternoon = [take() for _ in range(3)]
    assert not set(morning) & set(afternoon)
    with pytest.raises(NumbersExhausted):
        take()


def test_the_quota_ends_the_day(take, set_service, clock):
    set_service(daily_quota=2)
    take()
    take()
    with pytest.raises(QuotaExhausted):
        take()
    clock.at("2026-11-18 09:00")
    assert take() == "A1"


def test_a_quota_of_nothing_is_nothing(take, set_service):
    set_service(daily_quota=0)
    with pytest.raises(QuotaExhausted):
        take()


def test_a_refusal_by_quota_uses_nothing_up(take, set_service, row, north, clock):
    set_service(daily_quota=1)
    take()
    with pytest.raises(QuotaExhausted):
        take()
    set_service(daily_quota=3)
    assert [take(), take()] == ["A2", "A3"]


def test_who_left_does_not_give_the_number_back(take, create_ticket, desk):
    desk.cancel(create_ticket())
    assert take() == "A2"


def test_a_transferred_ticket_keeps_its_number_and_its_series(create_ticket, desk, see, take, north):
    ticket = create_ticket()
    desk.transfer(ticket, north.permits)
    assert see(ticket).number == "A1"
    assert take(service_id=north.permits) == "B1"


def test_numbers_are_the_counter_row_of_the_day(take, act, north):
    take()
    take()
    series = act(lambda: list(db.session.scalars(select(NumberSeries))))
    assert [(row.service_id, f"{row.business_day}", row.issued) for row in series] == [
        (north.passports, "2026-11-17", 2)
    ]


def test_no_ticket_of_a_closed_service(take, set_service):
    set_service(is_open=False, opens_at="13:30")
    with pytest.raises(ServiceIsClosed) as refused:
        take()
    assert refused.value.facts["opens_at"] == "13:30"


def test_no_ticket_outside_opening_hours(take, set_branch, clock):
    set_branch(opening_hours={"tue": [["10:00", "12:00"]], "wed": [["09:00", "12:00"]]})
    with pytest.raises(BranchIsClosed) as refused:
        take()
    assert refused.value.facts["opens_at"] == "10:00"
    clock.at("2026-11-17 10:00")
    assert take() == "A1"
    clock.at("2026-11-17 12:00")
    with pytest.raises(BranchIsClosed) as refused:
        take()
    assert refused.value.facts["opens_at"] == "09:00"


def test_hours_without_an_opening_never_open(take, set_branch):
    set_branch(opening_hours={"mon": []})
    with pytest.raises(BranchIsClosed) as refused:
        take()
    assert refused.value.facts["opens_at"] is None
    assert "None" not in refused.value.detail


def test_opening_hours_are_on_the_branchs_wall_clock_in_summer_too(take, set_branch, clock):
    set_branch(opening_hours={"tue": [["09:00", "12:00"]]})
    clock.at("2026-07-14 08:00")  # nine in London
    assert take() == "A1"


def test_a_hall_can_be_open_until_midnight(take, set_branch, clock):
    set_branch(opening_hours={"tue": [["09:00", "24:00"]]})
    clock.at("2026-11-17 23:59")
    assert take() == "A1"


def test_no_ticket_of_a_service_that_was_taken_out(take, act, north):
    act(setup.delete_service, north.passports, actor=north.admin.principal)
    with pytest.raises(NoSuchThing):
        take()


def test_a_ticket_speaks_the_branchs_first_language_unless_asked(create_ticket, see):
    assert [see(create_ticket()).language, see(create_ticket(language="fr")).language] == ["en", "fr"]


def test_the_secret_of_a_ticket_is_long_and_not_in_the_database(create_ticket, see, app):
    ticket = create_ticket()
    assert len(ticket.secret) >= 22
    file = app.config["DATABASE_URL"].removeprefix("sqlite:///")
    with open(file, "rb") as main, open(f"{file}-wal", "rb") as log:
        assert ticket.secret.encode() not in main.read() + log.read()


def test_what_is_needed_reaches_the_staff_and_nobody_else(create_ticket, see):
    ticket = create_ticket(priority="priority", needs=["seat", "more-time"])
    assert see(ticket).note == "Needs a seat, more time."
    assert "note" not in PublicTicket().dump(see(ticket))
