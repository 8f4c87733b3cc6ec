"""Mistakes made on purpose, each with the test that must notice it: the proof that the suite can fail.

A mutant is (what was broken, file, text as it stands, text as broken, test). The text has to stand exactly once in its
file: when code moves on, `test_mutants.py` says which mutant has to move with it.
"""

from typing import NamedTuple


class Mutant(NamedTuple):
    name: str
    file: str
    before: str
    after: str
    test: str


TRANSACTION, RELAY = "realtime/transaction.py", "realtime/relay.py"
TICKETS, CALLS, LINES = "operations/tickets.py", "operations/calls.py", "queries/lines.py"
SPACES, ROOMS, DOOR = "realtime/namespaces.py", "realtime/rooms.py", "web/door.py"
T_TRANSACTION, T_ONCE = "tests/realtime/test_transaction.py", "tests/realtime/test_once.py"
T_RELAY, T_RESUME, T_SPACES = (f"tests/realtime/test_{name}.py" for name in ("relay", "resume", "namespaces"))
T_ORDER, T_NUMBERS, T_UNDO, T_LIFE = (
    f"tests/operations/test_{name}.py" for name in ("order", "numbers", "undo", "life")
)

MUTANTS = [
    # --- one writer, whole transactions ---------------------------------------------------------------------------
    Mutant(
        "the row's version is not checked", "models/ticket.py",
        '    version: Mapped[int] = mapped_column(default=1)\n    __mapper_args__ = {"version_id_col": version}\n',
        "    version: Mapped[int] = mapped_column(default=1)\n",
        f"{T_TRANSACTION}::test_a_row_changed_behind_our_back_is_not_overwritten",
    ),
    Mutant(
        "news is handed over before the commit", TRANSACTION,
        "        self.news.append(streams.envelope(stream, seq, self.epoch, body))\n",
        "        relay.hand_over([streams.envelope(stream, seq, self.epoch, body)])\n",
        f"{T_TRANSACTION}::test_a_failure_takes_back_change_and_news",
    ),
    Mutant(
        "the key is not bound to its request", TRANSACTION,
        "            if known.fingerprint != fingerprint:\n                refuse(KeyUsedForAnother)\n", "",
        f"{T_ONCE}::test_a_key_is_bound_to_its_request",
    ),
    Mutant(
        "nobody commits", TRANSACTION, "            db.session.commit()\n", "            db.session.flush()\n",
        f"{T_TRANSACTION}::test_change_and_news_are_committed_together",
    ),
    Mutant(
        "a writer begins as a reader", TRANSACTION, '"sqlite_begin": "IMMEDIATE"', '"sqlite_begin": "DEFERRED"',
        f"{T_TRANSACTION}::test_a_writer_stands_behind_another_process_and_then_refuses",
    ),
    Mutant(
        "an inner operation commits by itself", TRANSACTION,
        "    if joined is not None:\n        yield joined\n        return\n",
        "    if joined is not None:\n        yield joined\n        db.session.commit()\n        return\n",
        f"{T_ONCE}::test_key_and_effect_are_committed_together",
    ),
    Mutant(
        "a key is everybody's", TRANSACTION,
        "db.session.get(Press, (actor.subject, key))", "db.session.query(Press).filter_by(key=key).first()",
        f"{T_ONCE}::test_a_key_belongs_to_who_pressed",
    ),
    Mutant(
        "stream numbers come from a sequence outside the transaction", TRANSACTION,
        '        seq = connection.execute(_COUNT_UP, {"stream": stream}).scalar_one()\n',
        '        self._lost = Announce.lost = getattr(Announce, "lost", 0) + 1\n'
        '        seq = connection.execute(_COUNT_UP, {"stream": stream}).scalar_one() + self._lost\n',
        f"{T_TRANSACTION}::test_numbers_have_no_gaps_however_much_is_taken_back",
    ),
    Mutant(
        "the public hears who did it", TRANSACTION,
        '"id": None} if audience == PUBLIC', '"id": None} if audience == "nobody"',
        "tests/realtime/test_news.py::test_staff_see_who_did_it_and_the_public_only_what_kind",
    ),
    # --- durability -----------------------------------------------------------------------------------------------
    Mutant(
        "a power cut loses the last tickets", "schema_version.py", "synchronous=FULL", "synchronous=NORMAL",
        "tests/test_migrations.py::test_an_acknowledged_ticket_survives_a_power_cut",
    ),
    Mutant(
        "the watching connection sits in a transaction", "schema_version.py",
        ' and options.get("isolation_level") != "AUTOCOMMIT"', "",
        f"{T_RELAY}::test_the_sweep_finds_what_another_process_wrote",
    ),
    # --- relay ----------------------------------------------------------------------------------------------------
    Mutant(
        "the cursor is moved before sending", RELAY,
        '        stream = line["stream"]\n        for namespace in NAMESPACES:\n'
        "            if not members(namespace, stream):\n",
        '        stream = line["stream"]\n        self._sent[stream] = line["seq"]\n'
        "        for namespace in NAMESPACES:\n            if not members(namespace, stream):\n",
        f"{T_RELAY}::test_a_failure_while_sending_loses_nothing",
    ),
    Mutant(
        "what comes twice is sent twice", RELAY,
        '            if last is None or line["seq"] <= last:\n                continue\n'
        '            if line["seq"] == last + 1:\n',
        "            if last is None:\n                continue\n            if True:\n",
        f"{T_RELAY}::test_what_is_handed_over_twice_is_sent_once",
    ),
    Mutant(
        "a gap is sent over", RELAY, '            if line["seq"] == last + 1:\n', "            if True:\n",
        f"{T_RELAY}::test_a_lost_hand_over_is_read_from_the_database",
    ),
    Mutant(
        "catching up stops after a page", RELAY,
        "        while stream in self._sent and (lines := streams.read(stream, self._sent[stream])):\n",
        "        if stream in self._sent and (lines := streams.read(stream, self._sent[stream])):\n",
        f"{T_RELAY}::test_the_sweep_finds_more_than_one_page",
    ),
    Mutant(
        "phones get a packet for each line", RELAY, "if namespace == CUSTOMER and stream.startswith",
        "if False and stream.startswith",
        f"{T_RELAY}::test_other_peoples_news_reaches_a_phone_in_one_packet",
    ),
    Mutant(
        "a tick says nothing of heads", RELAY, '"heads": {stream: head}}', '"heads": {}}',
        f"{T_RELAY}::test_a_tick_shows_a_last_line_that_was_lost",
    ),
    Mutant(
        "figures wait for a terminal", RELAY, '("staff-", "public-")', '("staff-",)',
        "tests/realtime/test_throttle.py::test_figures_are_sent_even_where_no_terminal_listens",
    ),
    Mutant(
        "figures are not held back", "realtime/throttle.py", "EVERY_S = 1.0", "EVERY_S = 0.0",
        "tests/realtime/test_throttle.py::test_many_changes_in_a_second_are_one_packet_with_the_last_figures",
    ),
    # --- rooms, resuming ------------------------------------------------------------------------------------------
    Mutant(
        "replay asks for no permission", SPACES, "        rooms.may_read(connection.principal, stream)\n", "",
        f"{T_RESUME}::test_nobody_resumes_a_stream_that_is_not_theirs",
    ),
    Mutant(
        "a heartbeat without heads", SPACES,
        '"heads": streams.heads(sorted(connection.streams)),\n        "epoch"', '"heads": {},\n        "epoch"',
        "tests/realtime/test_presence.py::test_a_heartbeat_says_how_a_screen_is",
    ),
    Mutant(
        "any room can be joined", ROOMS, '    if not _is_id(key):\n        refuse(NoSuchThing, what="room")\n',
        "    if not _is_id(key):\n        return Target(room, is_stream=False)\n",
        f"{T_SPACES}::test_another_screens_id_is_not_a_room",
    ),
    Mutant(
        "another branch's service can be joined", ROOMS,
        '    access.require(principal, "public-", _branch(row.branch_id))\n', "",
        f"{T_SPACES}::test_a_room_that_is_not_yours_is_refused",
    ),
    Mutant(
        "another visitor's stream can be read", ROOMS,
        '    if stream != f"ticket-{principal.id}":\n        refuse(NotYours)\n', "",
        f"{T_RESUME}::test_a_visitor_resumes_their_own_ticket_and_no_other",
    ),
    Mutant(
        "the epoch does not matter", "realtime/streams.py", "(of_epoch is not None and of_epoch != epoch()) or ", "",
        f"{T_RESUME}::test_a_cursor_of_another_history_starts_over",
    ),
    Mutant(
        "the floor does not matter", "realtime/streams.py", "not floor <= seq <= head", "not 0 <= seq <= head",
        f"{T_RESUME}::test_what_is_no_longer_kept_starts_over",
    ),
    Mutant(
        "revocations are not heard", SPACES, "        cut(connection)\n", "        pass\n",
        f"{T_SPACES}::test_a_revoked_device_is_put_out_at_once",
    ),
    Mutant(
        "a leaving screen is still counted", SPACES,
        "            leave_room(stream, connection.sid, connection.namespace)\n", "",
        f"{T_RELAY}::test_a_stream_is_forgotten_when_the_last_screen_leaves",
    ),
    # --- order, numbers, undo -------------------------------------------------------------------------------------
    Mutant(
        "the newest is called first", LINES, "    return min(found, key=", "    return max(found, key=",
        f"{T_ORDER}::test_both_services_of_a_counter_form_one_line",
    ),
    Mutant(
        "head starts are forgotten", "models/ticket.py", " - head_start_s * 1_000_000", "",
        f"{T_ORDER}::test_a_head_start_counts_as_having_come_earlier",
    ),
    Mutant(
        "a quota counts one too many", TICKETS, "issued > service.daily_quota", "issued > service.daily_quota + 1",
        f"{T_NUMBERS}::test_the_quota_ends_the_day",
    ),
    Mutant(
        "days end at midnight UTC", "clock.py", "return local(now(), time_zone).date()", "return now().date()",
        f"{T_NUMBERS}::test_a_new_day_begins_at_the_branchs_midnight",
    ),
    Mutant(
        "undo overwrites what is newer", "queries/snapshots.py",
        "return [] if any(_has_gone_on(act) for act in acts) else acts", "return acts",
        f"{T_UNDO}::test_what_a_colleague_changed_since_is_not_undone",
    ),
    Mutant(
        "undo takes half of a press", "queries/snapshots.py", "    acts = list(db.session.scalars(same))\n",
        "    acts = [last]\n",
        f"{T_UNDO}::test_completing_and_calling_the_next_is_undone_as_one",
    ),
    Mutant(
        "a transfer starts the wait again", CALLS, "ticket.arrived_at if keep_arrival else now()", "now()",
        "tests/operations/test_transfer.py::test_a_transfer_keeps_the_time_of_arrival",
    ),
    Mutant(
        "a busy counter calls on", CALLS, "    refuse_if_busy(counter)\n    return counter\n", "    return counter\n",
        f"{T_LIFE}::test_a_counter_has_one_open_ticket_at_most",
    ),
    Mutant(
        "anybody may sit down beside", "operations/counters.py", "    if another_person or another_tab:\n",
        "    if another_tab:\n",
        "tests/operations/test_counters.py::test_one_agent_at_a_counter",
    ),
    # --- privacy, access ------------------------------------------------------------------------------------------
    Mutant(
        "notes are public", "schemas/shapes.py", "    recalls = fields.Integer()\n    version",
        "    recalls = fields.Integer()\n    note = fields.String(allow_none=True)\n    version",
        "tests/realtime/test_privacy.py::test_public_news_contains_no_canary",
    ),
    Mutant(
        "other organisations exist", "access.py", "principal.organisation_id != branch.organisation_id", "False",
        "tests/web/test_doors.py::test_one_thing_of_somebody_else_is_not_shown",
    ),
    Mutant(
        "another branch is ours", "access.py",
        "return same_organisation and principal.branch_id in (None, branch.id)", "return same_organisation",
        "tests/web/test_doors.py::test_the_same_callers_of_another_branch_and_of_another_organisation",
    ),
    Mutant(
        "another site may press", DOOR, "    if foreign or unsaid:\n", "    if False:\n",
        "tests/web/test_cross_site.py::test_what_rides_on_a_cookie_from_elsewhere_is_not_carried_out",
    ),
    Mutant(
        "a sign-in never ends", "queries/identity.py", "SignIn.ended_at.is_(None), ", "",
        "tests/web/test_auth.py::test_signing_out_ends_cookie_and_tokens",
    ),
    Mutant(
        "scripts can read the cookie", "web/auth.py", "httponly=True", "httponly=False",
        "tests/web/test_headers.py::test_a_sign_ins_cookie_is_guarded",
    ),
    Mutant(
        "content before heads", "web/pages.py",
        "    frame = snapshots.frame(streams.heads(names), streams.epoch())\n    return {**frame, **content()}\n",
        "    told = content()\n    return {**snapshots.frame(streams.heads(names), streams.epoch()), **told}\n",
        "tests/web/test_pages.py::test_a_snapshot_reads_its_heads_before_its_content",
    ),
    Mutant(
        "an edit overwrites an unseen one", "operations/edits.py",
        "    if seen is not None and seen != row.version:\n", "    if False:\n",
        "tests/web/test_admin.py::test_an_edit_of_an_older_version_is_a_conflict",
    ),
    Mutant(
        "a colleague's ticket can be taken away", CALLS,
        "        counter, ticket = _at(counter_id, ticket_id, actor, seat)\n        branch = _branch(counter)\n",
        "        counter = at_seat(counter_id, actor, seat)\n"
        "        ticket = _ticket(ticket_id, counter) if ticket_id else _here(counter)\n"
        "        branch = _branch(counter)\n",
        f"{T_LIFE}::test_an_agent_can_not_touch_what_another_counter_has_open",
    ),
    Mutant(
        "a counter is closed on those sent to it", "operations/setup.py",
        "filter_by(destination_id=counter.id, status=WAITING)", "filter_by(id=0)",
        "tests/operations/test_transfer.py::test_a_counter_that_people_were_sent_to_stays",
    ),
    Mutant(
        "yesterday ends while people are served", "operations/housekeeping.py",
        "Ticket.business_day < today(time_zone)", "Ticket.business_day <= today(time_zone)",
        "tests/operations/test_housekeeping.py::test_who_was_left_over_is_cancelled_after_midnight",
    ),
    Mutant(
        "forgotten news leaves no floor", "operations/housekeeping.py", ".values(floor=seq)", ".values(floor=0)",
        "tests/operations/test_housekeeping.py::test_old_news_is_forgotten_and_its_streams_say_so",
    ),
    Mutant(
        "a new password keeps old sign-ins", "operations/people.py",
        "            _end_sign_ins(user, but=actor.sign_in_id)\n", "            pass\n",
        "tests/operations/test_signing.py::test_a_new_password_ends_the_sign_ins_of_the_old_one",
    ),
    Mutant(
        "an unknown name answers faster", "operations/signing.py",
        "    if not runtime.in_thread(_matches, kept, password) or user is None:\n",
        "    if user is None or not runtime.in_thread(_matches, kept, password):\n",
        "tests/operations/test_signing.py::test_an_unknown_name_is_hashed_like_a_known_one",
    ),
    Mutant(
        "passwords are hashed cheaply", "operations/signing.py", "memory_cost=19456", "memory_cost=1024",
        "tests/operations/test_signing.py::test_passwords_are_hashed_as_strongly_as_owasp_asks",
    ),
    Mutant(
        "a visitor's press is nobody's", "web/customer.py",
        '    g.caller = Principal("ticket", ticket.id, "ticket", branch.organisation_id, branch.id)\n', "",
        "tests/web/test_idempotency.py::test_two_visitors_with_one_key_are_two_visitors",
    ),
    Mutant(
        "signing in leads anywhere", "web/auth.py",
        'and path.startswith("/") and not path.startswith("//")', "and path",
        "tests/web/test_auth.py::test_signing_in_leads_to_our_own_pages_only",
    ),
    Mutant(
        "guesses are not counted", "web/limits.py", "    if not _window.hit(limit, what, who):\n", "    if False:\n",
        "tests/web/test_auth.py::test_signing_in_again_and_again_is_slowed_down",
    ),
    Mutant(
        "a nameless namespace is open", "__init__.py",
        "        namespaces=list(NAMESPACES),", "        # namespaces=[],",
        f"{T_SPACES}::test_there_is_no_other_namespace",
    ),
    Mutant(
        "silence is never noticed", "realtime/presence.py",
        "if connection.seen < silent_since", "if connection.seen < 0",
        "tests/realtime/test_presence.py::test_two_missed_heartbeats_and_a_screen_is_removed",
    ),
    Mutant(
        "the middle of the night has no hall", "models/hall.py", 'time.max if end == "24:00" else ', "",
        "tests/operations/test_numbers.py::test_a_hall_can_be_open_until_midnight",
    ),
    Mutant(
        "a second emitter", "operations/acts.py", "from ..extensions import db\n",
        "from ..extensions import db, socketio\n\n\ndef shout() -> None:\n    socketio.emit('x', {})\n",
        "tests/test_house.py::test_only_the_live_layer_emits",
    ),
]  # fmt: skip

# Broken on every `make test`: a commit that shows nothing, a key for everything, a name for everybody.
ALWAYS = ("news is handed over before the commit", "the key is not bound to its request", "notes are public")
