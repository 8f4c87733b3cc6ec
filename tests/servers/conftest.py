"""Real server processes for what needs one."""

from collections.abc import Iterator

import pytest

from tests.hall import Hall


@pytest.fixture
def hall(tmp_path) -> Iterator[Hall]:
    """A served demo hall."""
    hall = Hall(tmp_path).start()
    yield hall
    assert hall.stop() == 0, hall.log()
    assert "Traceback" not in hall.log(), hall.log()
