"""Reads a JUnit report as a pipeline does, with `junitparser`, and holds it against the JSON report of the same run.

    junit.py REPORT.xml REPORT.json
"""

import json
import sys
from collections import Counter

from junitparser import Error, Failure, JUnitXml, Skipped


def verdict(case):
    """How a reader of JUnit files understands a case."""
    for kind, word in ((Error, "error"), (Failure, "fail"), (Skipped, "skip")):
        if any(isinstance(result, kind) for result in case.result):
            return word
    return "pass"


def cases(xml):
    """Every case of every suite."""
    suites = xml if isinstance(xml, JUnitXml) else [xml]
    return [case for suite in suites for case in suite]


def problems(xml, report):
    """What does not agree."""
    found = cases(xml)
    counted = Counter(verdict(case) for case in found)
    totals = report["totals"]
    # A warning is a passed case with a remark.
    expected = {
        "pass": totals["pass"] + totals["warn"],
        "fail": totals["fail"],
        "skip": totals["skip"],
        "error": totals["error"],
    }
    for word, count in expected.items():
        if counted[word] != count:
            yield f"{counted[word]} cases {word}, but {count} results"
    for attribute, word in (("failures", "fail"), ("errors", "error"), ("skipped", "skip")):
        if getattr(xml, attribute) != counted[word]:
            yield f"{attribute}={getattr(xml, attribute)}, but {counted[word]} cases {word}"
    if xml.tests != len(found):
        yield f"tests={xml.tests}, but {len(found)} cases"
    names = Counter((case.classname, case.name) for case in found)
    yield from (f"the name {name} is used {count} times" for name, count in names.items() if count > 1)
    if not expected["fail"]:
        yield "the run has no failure, so that it shows little"


def main():
    """Read, compare, tell."""
    xml = JUnitXml.fromfile(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as file:
        report = json.load(file)
    found = list(problems(xml, report))
    for problem in found:
        print(f"{sys.argv[1]}: {problem}", file=sys.stderr)
    if not found:
        print(f"{len(cases(xml))} cases, read as they were meant")
    sys.exit(bool(found))


main()
