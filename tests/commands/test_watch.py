"""What `queueapp watch` prints, in words, and in whose name it looks around."""

import pytest

from queueapp import watch
from queueapp.operations import signing
from queueapp.queries import identity
from queueapp.queries.setup import first_admin_id

TICKET = {"number": "A47", "counter": "3", "service_id": 4, "recalls": 2, "status": "serving"}


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("ticket-created", "A47 was taken"),
        ("ticket-called", "A47 called to counter 3"),
        ("ticket-recalled", "A47 called again to counter 3 (repeat 2)"),
        ("ticket-transferred", "A47 waits for service 4 now"),
        ("ticket-corrected", "A47 set right, now serving"),
        ("ticket-something-new", "A47"),
    ],
)
def test_news_of_a_ticket_is_a_sentence(event, words):
    assert watch.summary(event, {"data": {"ticket": TICKET}}) == words


def test_a_changed_queue_is_said_too():
    stats = {"services": [{"service_id": 4, "waiting": 12, "wait": None}]}
    assert watch.summary("ticket-created", {"data": {"ticket": TICKET}, "stats": stats}).endswith(
        "12 waiting for service 4"
    )


def test_a_refusal_is_said_with_its_code():
    assert "NotYours" in watch.summary("connect_error", {"message": "No.", "data": {"code": "NotYours"}})


def test_whatever_else_comes_is_printed_short():
    assert len(watch.summary("presence-updated", {"much": "x" * 1000})) <= 100


def test_it_signs_in_as_the_first_administrator_and_leaves_nothing_behind(app, world):
    def who(token):
        with app.app_context():
            return identity.by_bearer(token)

    with app.app_context():
        first_admin = first_admin_id()
    with watch._tokens(app, None) as tokens:
        first = tokens()
        assert (who(first).id, who(first).role) == (first_admin, "admin")
        second = tokens()
        assert who(first).kind == "anonymous"  # a new connection ends the old sign-in
        assert who(second).id == first_admin
    assert who(second).kind == "anonymous"


def test_a_given_token_is_used_as_it_is(app):
    with app.app_context(), watch._tokens(app, "theirs") as tokens:
        assert tokens() == "theirs"


def test_a_local_sign_in_has_no_cookie(app, world):
    with app.app_context():
        principal = signing.sign_in_locally(first_admin_id())
        assert principal.role == "admin"
        assert identity.by_sign_in("") is None


def test_without_the_client_library_it_says_how_to_get_it(app, monkeypatch):
    monkeypatch.setattr(watch.importlib.util, "find_spec", lambda _: None)
    with app.app_context(), pytest.raises(SystemExit, match="pip install"):
        watch.watch("http://hall", None)
