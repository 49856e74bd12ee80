"""Plays other fuzzers on the bugs of the demo: bench_peers.py MCP-LITMUS PEERS [BUG]...

Generous, but mechanical: a bug is found when a report has a kind of finding that no report on the clean server has,
or a line that speaks of a death or a hang and is not, numbers aside, said of the clean server as well.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

from bench_bugs import table

SECONDS = 30
AT_ONCE = 3
# What two runs on the same server say may differ.
CLEAN_RUNS = 3
ALARM = re.compile(
    r"crash|\bhang|timed out|timeout|terminated|exited|broken pipe|died|unresponsive|closed|lost|not running|corrupt|leak",
    re.IGNORECASE,
)


def mcp_fuzzer(peers, folder, server):
    """PyPI's mcp-fuzzer: both phases, with its own mutations on top."""
    command = [peers / "venv/bin/mcp-fuzzer", "--protocol", "stdio", "--endpoint", " ".join(server), "--seed", "1"]
    command += ["--mode", "all", "--phase", "both", "--protocol-phase", "aggressive", "--havoc", "--stateful"]
    command += ["--runs", "20", "--runs-per-type", "10", "--timeout", "3", "--output-dir", folder]
    return command, pathlib.Path(folder, "findings.json"), lambda report: report["findings"]


def mcp_fuzz(peers, folder, server):
    """The crate mcp-fuzz."""
    report = pathlib.Path(folder, "report.json")
    command = [peers / "cargo/bin/mcp-fuzz", "run", "--stdio", "--iterations", "2000", "--json", report, "--", *server]
    return command, report, lambda report: report


PEERS = {"mcp-fuzzer (PyPI)": mcp_fuzzer, "mcp-fuzz (crates.io)": mcp_fuzz}


def play(peer, peers, server):
    """The seconds of a run, its number of findings, and the set of what it says that could be an alarm."""
    with tempfile.TemporaryDirectory() as folder:
        command, report, findings = peer(peers, folder, server)
        began = time.monotonic()
        said = output(command, folder)
        took = time.monotonic() - began
        try:
            found = findings(json.loads(report.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            found = []
    kinds = {f"finding: {finding.get('category')} {finding.get('kind')}" for finding in found}
    # A line with options is the command, said again.
    told = (masked(line.replace(folder, "*")) for line in said.splitlines() if " --" not in line)
    lines = {line for line in told if ALARM.search(line)}
    return took, len(found), kinds | lines


def output(command, folder):
    """All that a command says in its time; it and what it started end with it."""
    environment = {**os.environ, "HOME": folder, "COLUMNS": "200"}
    with tempfile.TemporaryFile() as said:
        streams = {"stdin": subprocess.DEVNULL, "stdout": said, "stderr": subprocess.STDOUT}
        process = subprocess.Popen(command, cwd=folder, env=environment, start_new_session=True, **streams)
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            pass
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()
        said.seek(0)
        return said.read().decode(errors="replace")


def masked(line):
    """A line without what differs from run to run, and without counts of zero: "0 crashes" is no alarm."""
    line = re.sub(r"\x1b\[[0-9;]*m", "", line)
    line = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\d[T ][\d:.,]+", "*", line)
    line = re.sub(r"\b0 [a-z/ -]+", "", line)
    return re.sub(r"\d+", "N", line).strip()


def bench(name, peer, peers, litmus, bugs):
    """Play one peer on the clean server and on all bugs; print what it finds."""
    clean = [play(peer, peers, [litmus, "demo"]) for _ in range(CLEAN_RUNS)]
    usual = set().union(*(alarms for _, _, alarms in clean))
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        runs = list(pool.map(lambda bug: play(peer, peers, [litmus, "demo", "--bug", bug.name]), bugs))
    found = 0
    for bug, (took, _, alarms) in zip(bugs, runs):
        new = sorted(alarms - usual)
        found += bool(new)
        verdict = f"found    {new[0][:90]}" if new else "-"
        print(f"{name:22} {bug.name:24} {bug.kind:11} {bug.depth:8} {took:5.1f} s  {verdict}", flush=True)
    counts = ", ".join(str(count) for _, count, _ in clean)
    return f"{name:22} {found:3} of {len(bugs)} found; findings on the clean server: {counts}"


def main():
    """Play all peers, then print the sums."""
    litmus, peers = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
    bugs = table(str(litmus), sys.argv[3:])
    sums = [bench(name, peer, peers, str(litmus), bugs) for name, peer in PEERS.items()]
    print("\n".join(sums))


main()
