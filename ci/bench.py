"""Measures, in alternating rounds: bench.py ROUNDS MCP-LITMUS COLD-START SERVER...

Start-up of the program beside /bin/true; a whole check of a server beside the server's own cold start; the memory
that the program took in it.
"""

import os
import statistics
import subprocess
import sys
import time


def run(command):
    """Milliseconds and the most memory (MB) that the process itself took; its output is thrown away."""
    with open(os.devnull, "r+b") as nothing:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing)
        _, status, usage = os.wait4(process.pid, 0)
        took = (time.perf_counter() - began) * 1e3
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"exit code {process.returncode}: {' '.join(command)}")
    return took, usage.ru_maxrss / 1024


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
    true, version, cold, whole, memory = [], [], [], [], []
    for command in (["/bin/true"], [litmus, "--version"], check):
        run(command)
    for _ in range(rounds):
        true.append(run(["/bin/true"])[0])
        version.append(run([litmus, "--version"])[0])
        cold.append(cold_start([client, *server]))
        took, peak = run(check)
        whole.append(took)
        memory.append(peak)
    print(f"{rounds} alternating rounds            {'median':>9} {'least':>9} {'most':>9}")
    row("/bin/true", true, "ms")
    row("mcp-litmus --version", version, "ms")
    row("the server's own cold start", cold, "ms")
    row("mcp-litmus check, the whole run", whole, "ms")
    row("its memory at most", memory, "MB")
    ratio = statistics.median(whole) / statistics.median(cold)
    print(f"the whole run takes {ratio:.2f} times the server's own cold start")


main()
