"""Screens: enrolled with a link, paired by a code, renewed and revoked."""

import pytest

from queueapp.errors import NoSuchThing, NotYours, PairingIsOver, StaleVersion
from queueapp.models import Device
from queueapp.operations import devices
from queueapp.queries import identity


@pytest.fixture
def approve(act, north):
    """The north's administrator types a code in."""
    return lambda code, place=north, who=north.admin: act(devices.approve, code, place.id, "TV", actor=who.principal)


def test_a_device_is_known_by_its_token(act, north):
    device, token = act(devices.enrol, north.id, "board", "TV", actor=north.admin.principal)
    found = act(identity.by_device, token)
    assert (found.id, found.role, found.branch_id, found.organisation_id) == (
        device.id, "board", north.id, north.organisation_id,
    )  # fmt: skip


def test_a_device_is_not_known_by_its_digest(act, row, north):
    assert act(identity.by_device, row(Device, north.board.id).token_digest) is None


def test_a_renewed_device_has_a_new_token_only(act, north, written):
    _, token = act(devices.renew, north.board.id, actor=north.admin.principal)
    assert act(identity.by_device, north.board.secret) is None
    assert act(identity.by_device, token).id == north.board.id
    assert written() == [("system", "access-revoked")]


def test_a_revoked_device_is_nobody(act, north, written):
    short = act(identity.short_token, north.board.principal)["access_token"]
    act(devices.revoke, north.board.id, actor=north.admin.principal)
    assert act(identity.by_device, north.board.secret) is None
    assert act(identity.by_bearer, short).kind == "anonymous"
    assert written() == [("system", "access-revoked")]
    with pytest.raises(NoSuchThing):
        act(devices.revoke, north.board.id, actor=north.admin.principal)


def test_a_device_can_be_renamed_from_the_version_one_saw(act, north, row):
    act(devices.rename, north.board.id, {"name": "Hall", "version": 1}, actor=north.admin.principal)
    assert row(Device, north.board.id).name == "Hall"
    with pytest.raises(StaleVersion):
        act(devices.rename, north.board.id, {"name": "Cellar", "version": 1}, actor=north.admin.principal)


@pytest.mark.parametrize("change", ["enrol", "renew", "revoke", "rename"])
def test_devices_are_kept_by_the_administrators_of_their_own_organisation(change, act, north, abroad):
    acts = {
        "enrol": lambda actor: devices.enrol(north.id, "board", "TV", actor=actor),
        "renew": lambda actor: devices.renew(north.board.id, actor=actor),
        "revoke": lambda actor: devices.revoke(north.board.id, actor=actor),
        "rename": lambda actor: devices.rename(north.board.id, {"name": "x"}, actor=actor),
    }
    with pytest.raises(NoSuchThing):
        act(acts[change], abroad.admin.principal)
    with pytest.raises(NotYours):
        act(acts[change], north.supervisor.principal)


def test_a_screen_is_paired_by_the_code_it_shows(act, approve, north):
    code, secret, seconds = act(devices.begin_pairing, "kiosk")
    assert (len(code), seconds) == (9, 300)
    assert act(devices.finish_pairing, secret) is None
    device = approve(code)
    assert (device.kind, device.branch_id) == ("kiosk", north.id)
    token = act(devices.finish_pairing, secret)
    assert act(identity.by_device, token).id == device.id


def test_a_pairing_gives_its_token_once(act, approve):
    code, secret, _ = act(devices.begin_pairing, "kiosk")
    approve(code)
    act(devices.finish_pairing, secret)
    with pytest.raises(PairingIsOver):
        act(devices.finish_pairing, secret)


def test_a_code_is_approved_once(act, approve):
    code, _, _ = act(devices.begin_pairing, "kiosk")
    approve(code)
    with pytest.raises(PairingIsOver):
        approve(code)


def test_a_code_lives_five_minutes(act, approve, clock):
    code, secret, _ = act(devices.begin_pairing, "kiosk")
    clock.forward(minutes=5, seconds=1)
    with pytest.raises(PairingIsOver):
        approve(code)
    with pytest.raises(PairingIsOver):
        act(devices.finish_pairing, secret)


def test_a_code_is_typed_as_people_type(act, approve):
    code, _, _ = act(devices.begin_pairing, "station")
    assert approve(f" {code.lower().replace('-', ' ')} ").kind == "station"


@pytest.mark.parametrize("guess", ["AAAA-AAAA", "", "-", "%", "' OR 1=1"])
def test_a_guessed_code_pairs_nothing(guess, act, approve):
    act(devices.begin_pairing, "kiosk")
    with pytest.raises(PairingIsOver):
        approve(guess)


def test_only_the_branchs_administrators_approve(act, approve, north, abroad):
    code, secret, _ = act(devices.begin_pairing, "kiosk")
    with pytest.raises(NoSuchThing):
        approve(code, who=abroad.admin)
    with pytest.raises(NotYours):
        approve(code, who=north.supervisor)
    assert act(devices.finish_pairing, secret) is None


def test_codes_leave_out_letters_that_look_alike(act):
    shown = "".join(act(devices.begin_pairing, "kiosk")[0] for _ in range(30))
    assert not set(shown) & set("IO01")
