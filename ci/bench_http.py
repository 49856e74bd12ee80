"""Measures, in alternating rounds: bench_http.py ROUNDS SERVER-FOLDER NODE MCP-LITMUS SUITE-FOLDER

Both testers judge the same server, which is started afresh for each of their runs, outside of what is measured: time,
processor time and memory of the tester and its children, and how many checks came to a verdict.
"""

import contextlib
import json
import os
import pathlib
import re
import socket
import statistics
import subprocess
import sys
import threading
import time

REVISIONS = ("2025-11-25", "2026-07-28")
LOOPBACK = pathlib.Path(__file__).with_name("loopback.cjs").resolve()


def free_port():
    """A port of the loopback that nobody has."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def answers(port):
    """Whether somebody takes connections there."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@contextlib.contextmanager
def serving(node, folder):
    """A server that has just begun to take connections; gives its address."""
    port = free_port()
    settings = os.environ | {"PORT": str(port), "NODE_OPTIONS": f"--require={LOOPBACK}"}
    command = [node, "--import", "tsx", "everything-server.ts"]
    server = subprocess.Popen(
        command, cwd=folder, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + 60
        while not answers(port):
            if server.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"the server does not start: {' '.join(command)}")
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}/mcp"
    finally:
        server.kill()
        server.wait()


def tree(pid):
    """A process and all that it has started."""
    yield pid
    with contextlib.suppress(OSError):
        for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text(encoding="ascii").split():
                yield from tree(int(child))


def resident(pid):
    """The memory (MB) that a process has had at most; zero when it is gone."""
    with contextlib.suppress(OSError):
        found = re.search(r"VmHWM:\s+(\d+) kB", pathlib.Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
        return int(found[1]) / 1024 if found else 0.0
    return 0.0


class Watcher(threading.Thread):
    """Looks at the memory of a process and its children for as long as they run."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.peak, self.over = pid, 0.0, threading.Event()

    def run(self):
        while not self.over.wait(0.01):
            self.peak = max(self.peak, sum(map(resident, tree(self.pid))))


def measure(command):
    """Wall time (ms), processor time (ms), memory (MB) and checks of one run."""
    with open(os.devnull, encoding="ascii") as nothing:
        began = time.perf_counter()
        tester = subprocess.Popen(command, stdin=nothing, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        watcher = Watcher(tester.pid)
        watcher.start()
        said = tester.stdout.read()
        _, status, usage = os.wait4(tester.pid, 0)
        took = (time.perf_counter() - began) * 1e3
    tester.returncode = os.waitstatus_to_exitcode(status)
    watcher.over.set()
    watcher.join()
    if tester.returncode not in (0, 1):
        sys.exit(f"exit code {tester.returncode}: {' '.join(command)}\n{said[-2000:]}")
    return took, (usage.ru_utime + usage.ru_stime) * 1e3, watcher.peak, judged(said)


def judged(said):
    """How many checks came to a verdict; a tester says so in the last line that counts them."""
    counts = [line for line in said.splitlines() if re.search(r"\d+ passed", line)]
    return sum(int(count) for count in re.findall(r"(\d+) (?:passed|warned|failed)", counts[-1])) if counts else 0


def row(name, values):
    """One line of the table."""
    print(f"  {name:32} {values[0]:9.2f} {values[1]:9.2f} {values[2]:9.2f} {values[3]:9.2f}")


def table(revision, runs):
    """Medians, and how they compare."""
    medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in runs.items()}
    print(f"{revision:34} {'wall ms':>9} {'CPU ms':>9} {'MB':>9} {'checks':>9}")
    for name, values in medians.items():
        row(name, values)
    ours, theirs = medians.values()
    row("ratio", [own / other for own, other in zip(ours, theirs)])
    walls = [", ".join(f"{run[0]:.0f}" for run in rows) for rows in runs.values()]
    print(f"  wall ms of each round: {' | '.join(walls)}", flush=True)


def main():
    """Measure, then print."""
    rounds, folder, node, litmus, suite = int(sys.argv[1]), *sys.argv[2:6]
    if rounds < 7:
        sys.exit("fewer than 7 rounds say little")
    version = json.loads(pathlib.Path(suite, "package.json").read_text(encoding="utf-8"))["version"]
    print(f"{rounds} alternating rounds, medians")
    for revision in REVISIONS:
        testers = {
            "mcp-litmus": [litmus, "check", "--revision", revision],
            f"conformance {version}": [node, f"{suite}/dist/index.js", "server", "--suite", "all"]
            + ["--spec-version", revision],
        }
        runs = {name: [] for name in testers}
        for turn in range(rounds):
            for name in sorted(testers, reverse=turn % 2 == 1):
                with serving(node, folder) as url:
                    runs[name].append(measure([*testers[name], "--url", url]))
        table(revision, runs)


main()
