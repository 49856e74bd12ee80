"""Measures, in alternating rounds: bench.py ROUNDS MCP-LITMUS COLD-START SERVER...

Start-up of the program beside /bin/true; a whole check of a server beside the server's own cold start; the memory
that the program took in it.
"""

import statistics
import subprocess
import sys
import time


def run(command):
    """Milliseconds that a command takes; its output is thrown away."""
    began = time.perf_counter()
    process = subprocess.Popen(command, **QUIET)
    return ended(process, command, began)


def memory(command):
    """The most memory (MB) that the process itself took. The kernel's own count would hold the servers as well."""
    process = subprocess.Popen(command, **QUIET)
    began, peak = time.perf_counter(), 0.0
    while process.poll() is None:
        peak = max(peak, high_water(process.pid))
        time.sleep(0.01)
    ended(process, command, began)
    return peak


def ended(process, command, began):
    """Wait for the end; findings of a server are none of ours."""
    if process.wait() not in (0, 1):
        sys.exit(f"exit code {process.returncode}: {' '.join(command)}")
    return (time.perf_counter() - began) * 1e3


def high_water(pid):
    """The high-water mark of a process, from Linux's process table; zero when it is gone."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            lines = dict(line.split(":", 1) for line in status)
        return int(lines["VmHWM"].split()[0]) / 1024
    except (OSError, KeyError):
        return 0.0


QUIET = {name: subprocess.DEVNULL for name in ("stdin", "stdout", "stderr")}


def cold_start(command):
    """Milliseconds from the start of a server to its first answer, as an independent client measures them."""
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def row(name, values, unit):
    """One line of the table."""
    print(f"{name:34} {statistics.median(values):9.2f} {min(values):9.2f} {max(values):9.2f}  {unit}")


def main():
    """Measure, then print."""
    rounds, litmus, client, server = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:]
    if rounds < 7:
        sys.exit("fewer than 7 rounds say little")
    check = [litmus, "check", "--", *server]
    true, version, cold, whole = [], [], [], []
    for command in (["/bin/true"], [litmus, "--version"], check):
        run(command)
    for _ in range(rounds):
        true.append(run(["/bin/true"]))
        version.append(run([litmus, "--version"]))
        cold.append(cold_start([client, *server]))
        whole.append(run(check))
    print(f"{rounds} alternating rounds            {'median':>9} {'least':>9} {'most':>9}")
    row("/bin/true", true, "ms")
    row("mcp-litmus --version", version, "ms")
    row("the server's own cold start", cold, "ms")
    row("mcp-litmus check, the whole run", whole, "ms")
    row("its memory at most, in 3 more runs", [memory(check) for _ in range(3)], "MB")
    ratio = statistics.median(whole) / statistics.median(cold)
    print(f"the whole run takes {ratio:.2f} times the server's own cold start")


main()
