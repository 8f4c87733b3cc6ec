"""The day itself: a clock that runs faster than life, and what happens next on it."""

import heapq
import itertools
import random
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from .. import demo
from .hall import Hall
from .rest import NoAnswer, Refused, Rest, Send, Wire

OPENS_AT, DOORS_CLOSE_AFTER, GO_HOME_AFTER = 8 * 60 + 30, 510, 570  # minutes: 8:30, 17:00, 18:00
TELL_EVERY = 5
COUNTED = ("came", "served", "missed", "left", "refused")
WARM_UP = 4.2  # tickets per counter that are there when the doors open


class Day:
    """A day at the demo hall. The same seed is the same day, as far as the hall answers the same."""

    def __init__(self, url: str, speed: float, seed: int, send: Send | None = None) -> None:
        self.url, self.speed = url, speed
        self.random = random.Random(seed)
        self.rest = Rest(send or Wire(url))
        self.minute = 0.0
        self.tally: Counter[str] = Counter()
        self._plan: list[tuple[float, int, Callable[..., None], tuple[Any, ...]]] = []
        self._order = itertools.count()  # what was planned first happens first, and functions are never compared

    def run(self, minutes: float = 0.0) -> None:
        """Live until everybody went home, or for so many simulated minutes."""
        if not demo.exists():
            raise SystemExit("There is no demo hall here yet; make it with: queueapp demo")
        try:
            self._open_the_doors()
            self._live_until(minutes or GO_HOME_AFTER)
        except NoAnswer:
            raise SystemExit(f"Nobody answers at {self.url}; start the hall with: queueapp serve") from None
        except Refused as no:
            raise SystemExit(f"The hall at {self.url} is not this installation's demo hall: {no}") from None
        except KeyboardInterrupt:
            print("\n  Ended here; the hall stays as it is.", flush=True)

    # --- planning ------------------------------------------------------------------------------------------------
    def at(self, minute: float, step: Callable[..., None], *args: Any) -> None:
        heapq.heappush(self._plan, (minute, next(self._order), step, args))

    def after(self, minutes: float, step: Callable[..., None], *args: Any) -> None:
        self.at(self.minute + minutes, step, *args)

    @property
    def is_over(self) -> bool:
        """The doors are closed; who waits is still served."""
        return self.doors_close_at(self.minute)

    def doors_close_at(self, minute: float) -> bool:
        return minute >= DOORS_CLOSE_AFTER

    # --- living --------------------------------------------------------------------------------------------------
    def _open_the_doors(self) -> None:
        self._ask_once()
        self.halls = [Hall(self, branch) for branch in demo.kept()["organisations"][0]["branches"]]
        self._welcome()
        for hall in self.halls:
            self._warm_up(hall)
        self.at(0, self._tell)

    def _ask_once(self) -> None:
        """A wrong address is said at once; only a hall that was there before is waited for."""
        Rest(self.rest._send, patience_s=2).get("/healthz")

    def _warm_up(self, hall: Hall) -> None:
        """The line that stood at the door, and counters that are at work: every face has something to show at once."""
        for _ in range(round(len(hall.desks) * WARM_UP) - hall.look_around()):
            hall.take_a_ticket()
        for index, desk in enumerate(hall.desks):
            desk.hurry(index)
        hall.expect_the_next()

    def _live_until(self, end: float) -> None:
        began = time.monotonic()
        while self._plan and self._plan[0][0] <= end:
            minute, _, step, args = heapq.heappop(self._plan)
            self.minute = max(minute, self.minute)
            time.sleep(max(0.0, began + self.minute * 60 / self.speed - time.monotonic()))
            step(*args)
        print("  The day is over." if self.is_over else "  Ended here; the hall stays as it is.", flush=True)

    def _tell(self) -> None:
        """A calm line."""
        clock = OPENS_AT + int(self.minute)
        waiting = [hall.look_around() for hall in self.halls]
        figures = "".join(f"{figure:>10}" for figure in waiting + [self.tally[name] for name in COUNTED])
        print(f"  {clock // 60:02}:{clock % 60:02}{figures}", flush=True)
        if not all(desk.closed for hall in self.halls for desk in hall.desks):
            self.after(TELL_EVERY, self._tell)

    def _welcome(self) -> None:
        names = [hall.name for hall in self.halls]
        print(f"\n  A day at {' and '.join(names)}, {self.speed:g} times as fast as life. Ctrl-C ends it.\n")
        above = f"{'waiting':>{5 + 10 * len(names)}}{'so far':>10}"
        heads = "".join(f"{name:>10}" for name in [name.split()[0][:9] for name in names] + list(COUNTED))
        print(f"  {above}\n       {heads}", flush=True)
