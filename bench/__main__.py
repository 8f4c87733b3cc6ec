"""`python -m bench`: measure, print, write build/bench.json. Figures, not verdicts; docs/bench.md explains them."""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .presses import Line, drive, press
from .server import ROOT, Hall, Server, open_every_face

RESULT = ROOT / "build" / "bench.json"
SETTLE_S = 1.5
PER_PROCESS = 250  # screens that one process plays


class Figures:
    """What was measured: a stable name, a number, a unit, and what it is."""

    def __init__(self) -> None:
        self.all: dict[str, dict[str, Any]] = {}

    def add(self, name: str, value: float, unit: str, what: str) -> None:
        self.all[name] = {"value": round(value, 2), "unit": unit, "what": what}
        print(f"  {value:>10,.1f} {unit:<9} {what}", flush=True)

    def times(self, name: str, seconds: list[float], what: str) -> None:
        for label, share in (("p50", 0.50), ("p99", 0.99)):
            self.add(f"{name}_{label}", 1000 * _quantile(seconds, share), "ms", f"{what}, {label}")


@contextmanager
def screens(server: Server, count: int, token: str) -> Any:
    """Boards in processes of their own; gives a function that asks them what they heard."""
    shares = [min(PER_PROCESS, count - begun) for begun in range(0, count, PER_PROCESS)]
    processes = [_screens(server.port, share, token) for share in shares]
    for process in processes:
        if not process.stdout.readline():  # type: ignore[union-attr]
            raise SystemExit("screens could not connect")

    def heard() -> list[dict[str, Any]]:
        for process in processes:
            print("?", file=process.stdin, flush=True)
        return [json.loads(process.stdout.readline()) for process in processes]  # type: ignore[union-attr]

    try:
        yield heard
    finally:
        for process in processes:
            process.stdin.close()  # type: ignore[union-attr]
            process.wait(10)


def _screens(port: int, count: int, token: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bench.screens", str(port), str(count), token]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


# --- what is measured --------------------------------------------------------------------------------------------
def measure_memory(server: Server, hall: Hall, figures: Figures, counts: tuple[int, ...]) -> None:
    print("\nMemory of the whole process, every face opened once, screens idle but connected")
    base: dict[int, int] = {}
    for count in counts:
        with screens(server, count, hall.board):
            time.sleep(SETTLE_S)
            memory = server.memory()
        base[count] = memory["rss"]
        figures.add(f"rss_{count}", memory["rss"] / 1e6, "MB", f"RSS with {count} screens")
        figures.add(f"pss_{count}", memory["pss"] / 1e6, "MB", f"PSS with {count} screens")
    low, high = counts[-2:]
    figures.add("per_screen", (base[high] - base[low]) / (high - low) / 1e3, "kB",
                f"RSS for each further screen, between {low} and {high}")  # fmt: skip


def measure_press(server: Server, hall: Hall, figures: Figures, count: int, calls: int) -> None:
    print(f"\nPress to the last of {count} screens, {calls} calls at a steady 20 a second")
    line = Line(server.port)
    _issue(server, hall, calls)
    with screens(server, count, hall.board) as heard:
        time.sleep(SETTLE_S)
        heard()
        cpu = server.cpu_s()
        pressed, answered = _call_steadily(line, hall, calls)
        cpu = server.cpu_s() - cpu
        time.sleep(SETTLE_S)
        reports = heard()
    _free(server, hall, calls)
    last = {key: max(report["heard"].get(str(key), [0, 0])[1] for report in reports) for key in pressed}
    missed = calls * count - sum(int(entry[0]) for report in reports for entry in report["heard"].values())
    figures.times(f"press_{count}", [last[key] - at for key, at in pressed.items()], f"to the last of {count} screens")
    figures.times(f"press_answer_{count}", answered, "until the agent has the answer")
    figures.add(f"press_cpu_{count}", 1000 * cpu / calls, "ms", "processor time of the server for each call")
    figures.add(f"press_missed_{count}", missed, "", "deliveries that did not arrive")


def _call_steadily(line: Line, hall: Hall, calls: int) -> tuple[dict[int, float], list[float]]:
    pressed: dict[int, float] = {}
    answered: list[float] = []
    began = time.time()
    for index, counter_id in enumerate(hall.counters[:calls]):
        request = press("/api/terminal/call-next", {"counter_id": counter_id}, hall.admin)
        time.sleep(max(0.0, began + index / 20 - time.time()))
        at = time.time()
        status, ticket = line.ask(request)
        answered.append(time.time() - at)
        if status != 200:
            raise SystemExit(f"refused while measuring: {ticket}")
        pressed[ticket["id"]] = at
    return pressed, answered


def measure_acts(server: Server, hall: Hall, figures: Figures, connections: int, rounds: int) -> None:
    print(f"\nActs over REST with {connections} kept-alive connection{'s' if connections > 1 else ''}")
    lines = [Line(server.port) for _ in range(connections)]
    size = len(hall.counters)
    issue = [press("/api/kiosk/tickets", {"service_id": hall.service_id}, hall.kiosk) for _ in range(size * rounds)]
    seconds, took = drive(lines, issue)
    _say_rate(figures, f"issue_{connections}", "issues", len(issue), seconds, took)
    called: list[tuple[float, list[float]]] = []
    for _ in range(rounds):
        called.append(drive(lines, _at_each(hall, "call-next", size)))
        _free(server, hall, size)
    _say_rate(figures, f"call_{connections}", "call-nexts", size * rounds,
              sum(seconds for seconds, _ in called), [one for _, took in called for one in took])  # fmt: skip


def _say_rate(figures: Figures, name: str, what: str, count: int, seconds: float, took: list[float]) -> None:
    figures.add(name, count / seconds, "/s", what)
    figures.times(f"{name}_answer", took, f"  {what}: until answered")


# --- preparations ------------------------------------------------------------------------------------------------
def _issue(server: Server, hall: Hall, count: int) -> None:
    wanted = {"service_id": hall.service_id}
    requests = [press("/api/kiosk/tickets", wanted, hall.kiosk) for _ in range(count)]
    drive([Line(server.port) for _ in range(4)], requests)


def _free(server: Server, hall: Hall, count: int) -> None:
    drive([Line(server.port) for _ in range(4)], _at_each(hall, "miss", count))


def _at_each(hall: Hall, key: str, count: int) -> list[bytes]:
    return [press(f"/api/terminal/{key}", {"counter_id": counter}, hall.admin) for counter in hall.counters[:count]]


# --- the whole ---------------------------------------------------------------------------------------------------
def machine() -> dict[str, Any]:
    names = [
        line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line
    ]
    return {
        "processor": names[0] if names else platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "load_before": round(os.getloadavg()[0], 2),
    }


def _quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else statistics.nan


def run(quick: bool) -> dict[str, Any]:
    figures, about = Figures(), machine()
    print(
        f"\n{about['processor']}, {about['cores']} cores, Python {about['python']}; load before {about['load_before']}"
    )
    with Server() as server:
        figures.add("start", server.started_in_s, "s", "from the command to the first answer")
        figures.add("rss_start", server.memory()["rss"] / 1e6, "MB", "RSS before anybody came")
        open_every_face(server)
        hall = Hall(server)
        measure_memory(server, hall, figures, (0, 50) if quick else (0, 50, 500))
        for count in (50,) if quick else (50, 500):
            measure_press(server, hall, figures, count, 30 if quick else 100)
        for connections in (1, 8) if quick else (1, 8, 32):
            measure_acts(server, hall, figures, connections, 1 if quick else 4)
        figures.add("rss_end", server.memory()["rss"] / 1e6, "MB", "RSS at the end, all screens gone")
        if "Traceback" in server.log():
            print(server.log(), file=sys.stderr)
    about["load_after"] = round(os.getloadavg()[0], 2)
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "quick": quick,
        "machine": about,
        "figures": figures.all,
    }


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    options.add_argument("--quick", action="store_true", help="fewer screens, calls and connections; half a minute")
    result = run(options.parse_args().quick)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2) + "\n")
    print(f"\nwritten: {RESULT.relative_to(ROOT)}; load after {result['machine']['load_after']}")


if __name__ == "__main__":
    main()
