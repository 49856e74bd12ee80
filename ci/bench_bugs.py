"""Fuzzes the demo with one bug after the other: bench_bugs.py MCP-LITMUS [--clean SECONDS] [BUG]...

A bug is found when a confirmed finding has its kind, and its reproducer fails with the bug and passes without it.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import time
from typing import NamedTuple

SECONDS = 30
# Confirming and shrinking come on top, but a fuzzer that does not stop is no fuzzer.
PATIENCE = 4 * SECONDS
WANTED = 0.95


class Bug(NamedTuple):
    """A row of the table of bugs."""

    name: str
    kind: str
    depth: str
    does: str


def table(litmus, wanted):
    """The bugs of this name, or all."""
    listed = subprocess.run([litmus, "demo", "--list-bugs"], check=True, capture_output=True, text=True).stdout
    rows = [Bug(*line.split(None, 3)) for line in listed.splitlines()]
    unknown = set(wanted) - {row.name for row in rows}
    if unknown:
        sys.exit(f"no such bug: {', '.join(sorted(unknown))}")
    return [row for row in rows if not wanted or row.name in wanted]


def fuzz(litmus, seconds, server, folder):
    """Fuzz a server; its report, or nothing, and what was said."""
    report = pathlib.Path(folder, "report.json")
    command = [litmus, "fuzz", "--time", f"{seconds}s", "--seed", "1", "--report", f"json={report}"]
    command += ["--stop-on-finding", "--", *server]
    try:
        ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=seconds + PATIENCE)
        return json.loads(report.read_text(encoding="utf-8")), ended.stdout + ended.stderr
    except subprocess.TimeoutExpired:
        return None, "did not end"
    except (OSError, ValueError):
        return None, "wrote no report: " + (ended.stderr.strip().splitlines() or ["and said nothing"])[-1]


def replays(litmus, reproducer, bug, folder):
    """Whether a reproducer tells the server with the bug from the clean one; if not, why."""
    if not reproducer:
        return "no reproducer"
    play = [litmus, "run", reproducer, "--", litmus, "demo"]
    codes = []
    for server in (["--bug", bug.name], []):
        try:
            codes.append(subprocess.run(play + server, cwd=folder, capture_output=True, timeout=PATIENCE).returncode)
        except subprocess.TimeoutExpired:
            codes.append("no end")
    return "" if codes == [1, 0] else f"the reproducer ends with {codes[0]} on the bug, {codes[1]} on the clean server"


def judge(litmus, bug):
    """Seconds, and why the bug is not found; an empty text when it is."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        report, said = fuzz(litmus, SECONDS, [litmus, "demo", "--bug", bug.name], folder)
        took = time.monotonic() - began
        if report is None:
            return took, said
        found = report["findings"]
        confirmed = [finding for finding in found if finding.get("confirmed")]
        right = [finding for finding in confirmed if finding["kind"] == bug.kind]
        if not right:
            others = ", ".join(sorted({finding["kind"] for finding in confirmed}))
            flaky = f", {len(found) - len(confirmed)} unconfirmed" if len(found) > len(confirmed) else ""
            return took, (f"found as {others}" if others else "not found") + flaky
        problems = [replays(litmus, finding.get("reproducer"), bug, folder) for finding in right]
        return report.get("seconds", took), "" if "" in problems else problems[0]


def clean(litmus, seconds):
    """Fuzz the clean server; whether nothing was found."""
    with tempfile.TemporaryDirectory() as folder:
        report, said = fuzz(litmus, seconds, [litmus, "demo"], folder)
    if report is None:
        sys.exit(said)
    for finding in report["findings"]:
        print(f"on the clean server: {finding['kind']} {finding['key']}, confirmed: {finding.get('confirmed')}")
    print(f"{report['messages']} messages in {report['seconds']} s, {len(report['findings'])} findings")
    return not report["findings"]


def main():
    """Play what was asked for."""
    litmus, words = str(pathlib.Path(sys.argv[1]).resolve()), sys.argv[2:]
    if words[:1] == ["--clean"]:
        sys.exit(0 if clean(litmus, int(words[1])) else 1)
    bugs, found = table(litmus, words), 0
    for bug in bugs:
        took, problem = judge(litmus, bug)
        found += not problem
        print(f"{bug.name:24} {bug.kind:11} {bug.depth:8} {took:6.1f} s  {problem or 'found'}", flush=True)
    print(f"{found} of {len(bugs)} found")
    sys.exit(0 if found >= WANTED * len(bugs) else 1)


if __name__ == "__main__":
    main()
