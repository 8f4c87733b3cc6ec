"""Setting up: what belongs to whom, what is unique, what is in use, and that no edit overwrites an unseen one."""

import pytest

from queueapp.errors import (
    CounterIsBusy,
    InvalidInput,
    LastAdmin,
    LetterIsTaken,
    NameIsTaken,
    NoSuchThing,
    NotYours,
    StaleVersion,
    StillInUse,
)
from queueapp.extensions import db
from queueapp.models import Branch, Counter, Organisation, Service, User
from queueapp.operations import devices, people, setup
from queueapp.queries import identity

from ..factories import Desk, issue

NAMES = {"en": "Something"}


@pytest.fixture
def admin(act, north):
    """The north's administrator does something."""
    return lambda operation, *args, who=None: act(operation, *args, actor=(who or north.admin).principal)


@pytest.fixture
def service(admin, north):
    """A service of the north that nobody waits for."""
    return admin(setup.create_service, {"branch_id": north.id, "letter": "C", "names": NAMES})


# --- tenants -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("operation", "key"),
    [
        (setup.update_branch, "id"), (setup.update_service, "passports"), (setup.update_counter, "one"),
        (setup.rename_organisation, "organisation_id"),
    ],
)  # fmt: skip
def test_an_administrator_changes_nothing_of_another_organisation(operation, key, admin, abroad, row):
    model = {"id": Branch, "passports": Service, "one": Counter, "organisation_id": Organisation}[key]
    before = row(model, getattr(abroad, key)).version
    with pytest.raises(NoSuchThing):
        admin(operation, getattr(abroad, key), {"position": 7} if key == "passports" else {"name": "Ours now"})
    assert row(model, getattr(abroad, key)).version == before


@pytest.mark.parametrize("operation", [setup.delete_branch, setup.delete_service, setup.delete_counter])
def test_an_administrator_takes_nothing_of_another_organisation_out(operation, admin, abroad):
    keys = {setup.delete_branch: abroad.id, setup.delete_service: abroad.passports, setup.delete_counter: abroad.one}
    with pytest.raises(NoSuchThing):
        admin(operation, keys[operation])


def test_an_administrator_of_one_branch_stays_in_it(admin, north, south):
    mine = {"username": "local", "name": "Local", "role": "admin", "branch_id": north.id, "password": "x" * 12}
    user, _ = admin(people.create, mine)
    local = type(north.admin)(type(north.admin.principal)("user", user.id, "admin", north.organisation_id, north.id))
    admin(setup.update_branch, north.id, {"name": "North too"}, who=local)
    for refused in (
        lambda: admin(setup.update_branch, south.id, {"name": "Mine"}, who=local),
        lambda: admin(setup.create_branch, {"name": "New"}, who=local),
        lambda: admin(setup.create_service, {"branch_id": south.id, "letter": "Z", "names": NAMES}, who=local),
        lambda: admin(people.create, {**mine, "username": "x", "branch_id": south.id}, who=local),
        lambda: admin(people.create, {**mine, "username": "x", "branch_id": None}, who=local),
        lambda: admin(people.update, south.agent.id, {"name": "Mine"}, who=local),
        lambda: admin(people.update, user.id, {"branch_id": None}, who=local),
    ):
        with pytest.raises(NotYours):
            refused()


def test_people_are_put_into_branches_of_their_own_organisation_only(admin, abroad, north):
    wanted = {"username": "spy", "name": "Spy", "role": "agent", "branch_id": abroad.id, "password": "x" * 12}
    with pytest.raises(NoSuchThing):
        admin(people.create, wanted)
    with pytest.raises(NoSuchThing):
        admin(people.update, north.agent.id, {"branch_id": abroad.id})
    with pytest.raises(NoSuchThing):
        admin(people.update, abroad.agent.id, {"name": "Ours"})


def test_a_counter_serves_services_of_its_own_branch_only(admin, north, south, row):
    for edit in (
        lambda served: admin(setup.update_counter, north.one, {"services": served}),
        lambda served: admin(setup.create_counter, {"branch_id": north.id, "name": "9", "services": served}),
    ):
        with pytest.raises(NoSuchThing):
            edit([{"service_id": south.passports}])


def test_a_supervisor_opens_and_closes_services_and_edits_nothing_else(admin, north, south, row):
    admin(setup.update_service, north.passports, {"is_open": False, "opens_at": "13:00"}, who=north.supervisor)
    assert row(Service, north.passports).is_open is False
    with pytest.raises(NotYours):
        admin(setup.update_service, north.passports, {"is_open": True, "position": 3}, who=north.supervisor)
    with pytest.raises(NotYours):
        admin(setup.update_service, south.passports, {"is_open": False}, who=north.supervisor)


# --- what is unique ----------------------------------------------------------------------------------------------
def test_a_letter_belongs_to_one_service_of_a_branch(admin, north, south):
    with pytest.raises(LetterIsTaken) as refused:
        admin(setup.create_service, {"branch_id": north.id, "letter": "A", "names": NAMES})
    assert refused.value.facts["service"] == "Passports"
    with pytest.raises(LetterIsTaken):
        admin(setup.update_service, north.permits, {"letter": "A"})
    assert admin(setup.update_service, north.permits, {"letter": "B"}).letter == "B"


def test_a_letter_is_free_again_once_its_service_is_gone(admin, service, north):
    admin(setup.delete_service, service.id)
    again = admin(setup.create_service, {"branch_id": north.id, "letter": "C", "names": NAMES})
    assert again.id != service.id


def test_a_counters_name_is_unique_in_its_branch(admin, north, south):
    with pytest.raises(NameIsTaken):
        admin(setup.create_counter, {"branch_id": north.id, "name": "1"})
    with pytest.raises(NameIsTaken):
        admin(setup.update_counter, north.two, {"name": "1"})
    admin(setup.delete_counter, north.one)
    assert admin(setup.update_counter, north.two, {"name": "1"}).name == "1"


def test_a_username_is_unique_everywhere(admin, north, abroad):
    wanted = {"username": abroad.agent.username, "name": "Twin", "role": "agent", "password": "x" * 12}
    with pytest.raises(NameIsTaken):
        admin(people.create, wanted)
    with pytest.raises(NameIsTaken):
        admin(people.update, north.agent.id, {"username": abroad.agent.username})


# --- what is in use ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("status", ["waiting", "called", "serving", "held"])
def test_a_service_that_somebody_is_in_stays(status, admin, create_ticket, desk, north):
    create_ticket(status=status, at=desk)
    with pytest.raises(StillInUse):
        admin(setup.delete_service, north.passports)
    with pytest.raises(StillInUse):
        admin(setup.delete_branch, north.id)


@pytest.mark.parametrize("status", ["completed", "cancelled", "missed"])
def test_a_service_that_everybody_has_left_goes(status, admin, create_ticket, desk, north, row):
    create_ticket(status=status, at=desk)
    admin(setup.delete_service, north.passports)
    assert row(Service, north.passports).retired_at


def test_a_counter_with_an_open_ticket_stays(admin, create_ticket, desk, north):
    create_ticket(status="called", at=desk)
    with pytest.raises(CounterIsBusy):
        admin(setup.delete_counter, north.one)


def test_what_was_taken_out_can_not_be_changed_or_taken_out_again(admin, service, north):
    admin(setup.delete_service, service.id)
    admin(setup.delete_counter, north.two)
    for refused in (
        lambda: admin(setup.update_service, service.id, {"position": 1}),
        lambda: admin(setup.delete_service, service.id),
        lambda: admin(setup.update_counter, north.two, {"name": "x"}),
        lambda: admin(setup.delete_counter, north.two),
    ):
        with pytest.raises(NoSuchThing):
            refused()


def test_a_branch_that_was_taken_out_is_gone(admin, south):
    admin(setup.delete_branch, south.id)
    for refused in (
        lambda: admin(setup.update_branch, south.id, {"name": "Back"}),
        lambda: admin(setup.create_service, {"branch_id": south.id, "letter": "Z", "names": NAMES}),
        lambda: admin(devices.approve, "ABCD-EFGH", south.id, "TV"),
        lambda: admin(devices.enrol, south.id, "kiosk", "K"),
    ):
        with pytest.raises(NoSuchThing):
            refused()


def test_what_is_in_a_branch_goes_with_it(admin, app, south, north, act, written):
    Desk(app, south.one, south.agent).open()
    written()
    admin(setup.delete_branch, south.id)
    with pytest.raises(NoSuchThing):
        issue(app, south, south.passports)
    with pytest.raises(NoSuchThing):
        Desk(app, south.one, south.agent).open()
    assert act(identity.by_device, south.kiosk.secret) is None
    assert [name for stream, name in written() if stream == "system"] == ["access-revoked"] * 3
    assert issue(app, north, north.passports).number == "A1"


# --- versions ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("operation", "key", "values"),
    [
        (setup.update_branch, "id", {"name": "N"}),
        (setup.update_service, "passports", {"position": 3}),
        (setup.update_counter, "one", {"place": "by the door"}),
        (setup.rename_organisation, "organisation_id", {"name": "N"}),
    ],
)
def test_an_edit_of_an_older_version_is_refused(operation, key, values, admin, north):
    key = getattr(north, key)
    admin(operation, key, {**values, "version": 1})
    with pytest.raises(StaleVersion) as refused:
        admin(operation, key, {**values, "version": 1})
    assert refused.value.facts["version"] == 2
    admin(operation, key, {**values, "version": 2})


def test_an_edit_of_a_person_of_an_older_version_is_refused(admin, north):
    admin(people.update, north.agent.id, {"name": "A", "version": 1})
    with pytest.raises(StaleVersion):
        admin(people.update, north.agent.id, {"name": "B", "version": 1})


def test_changing_only_what_a_counter_serves_is_a_new_version(admin, act, north, row):
    version = row(Counter, north.one).version
    changed = admin(setup.update_counter, north.one, {"services": [{"service_id": north.permits, "weight_s": 5}]})
    assert (changed.version, row(Counter, north.one).version) == (version + 1, version + 1)
    kept = act(lambda: [(skill.service_id, skill.weight_s) for skill in db.session.get_one(Counter, north.one).skills])
    assert kept == [(north.permits, 5)]


def test_changing_a_counter_altogether_is_one_new_version(admin, north, row):
    version = row(Counter, north.one).version
    admin(setup.update_counter, north.one, {"name": "One", "services": [{"service_id": north.permits}]})
    assert row(Counter, north.one).version == version + 1


def test_naming_a_service_twice_is_serving_it_once(admin, north):
    served = [{"service_id": north.permits, "weight_s": 5}, {"service_id": north.permits, "weight_s": 9}]
    changed = admin(setup.update_counter, north.one, {"services": served})
    assert changed.service_ids == [north.permits]


# --- shapes that need the row ------------------------------------------------------------------------------------
def test_a_range_can_not_be_turned_round_in_two_edits(admin, north, row):
    admin(setup.update_service, north.passports, {"last_number": 100})
    with pytest.raises(InvalidInput):
        admin(setup.update_service, north.passports, {"first_number": 101})
    assert row(Service, north.passports).first_number == 1
    admin(setup.update_service, north.passports, {"first_number": 100})
    with pytest.raises(InvalidInput):  # the last one is 9999 unless said otherwise
        admin(setup.create_service, {"branch_id": north.id, "letter": "C", "names": NAMES, "first_number": 10_000})


def test_a_branch_begins_with_sane_choices(admin, row):
    branch = admin(setup.create_branch, {"name": "New"})
    assert (branch.languages, branch.opening_hours, branch.setting("recall_limit")) == (["en"], {}, 3)
    assert branch.head_start_s("priority") == 1200
    assert len(branch.poster_token) >= 22


# --- people ------------------------------------------------------------------------------------------------------
def test_a_person_gets_a_one_time_password_where_none_was_chosen(admin, north, row):
    wanted = {"username": "new", "name": "New", "role": "agent", "branch_id": north.id}
    user, password = admin(people.create, dict(wanted))
    assert len(password) >= 16
    assert password not in row(User, user.id).password_hash
    _, none = admin(people.create, {**wanted, "username": "other", "password": "chosen by hand"})
    assert none is None


@pytest.mark.parametrize(
    "values", [{"role": "agent"}, {"is_active": False}, {"branch_id": 1}], ids=["role", "access", "branch"]
)
def test_the_last_administrator_stays(values, admin, north, row):
    with pytest.raises(LastAdmin):
        admin(people.update, north.admin.id, dict(values))
    assert (row(User, north.admin.id).role, row(User, north.admin.id).is_active) == ("admin", True)


def test_an_administrator_may_go_once_there_is_another(admin, north, row):
    admin(people.create, {"username": "second", "name": "S", "role": "admin", "password": "x" * 12})
    admin(people.delete, north.admin.id)
    assert row(User, north.admin.id).is_active is False


def test_another_organisations_administrator_does_not_count(admin, north, abroad):
    with pytest.raises(LastAdmin):
        admin(people.delete, north.admin.id)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"name": "Renamed"}, []),
        ({"role": "supervisor"}, [("system", "access-revoked")]),
        ({"password": "quite another one"}, [("system", "access-revoked")]),
        ({"is_active": False}, [("system", "access-revoked")]),
    ],
)
def test_what_ends_access_is_told_to_every_server(values, told, admin, north, written):
    admin(people.update, north.agent.id, dict(values))
    assert written() == told
