"""JUnit's XML, for the dashboards of CI: a suite for each catalogue, a case for each rule that spoke."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from l10n.gate.findings import CatalogueReport, LocatedFinding
from l10n.gate.verdict import Verdict

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(verdict: Verdict) -> str:
    """A document of test suites; only what fails the gate is a failure."""
    failing = set(map(id, verdict.failing))
    root = ET.Element("testsuites", name="l10n check")
    other_paths = {finding.path for finding in verdict.findings} - {
        report.path for report in verdict.catalogues
    }
    by_path: dict[str, list[LocatedFinding]] = {}
    for finding in verdict.findings:
        by_path.setdefault(finding.path, []).append(finding)
    for report in (*verdict.catalogues, *(CatalogueReport(path) for path in sorted(other_paths))):
        _suite(root, report, by_path.get(report.path, []), failing)
    _count(root, list(root))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(
    root: ET.Element, report: CatalogueReport, findings: list[LocatedFinding], failing: set[int]
) -> None:
    suite = ET.SubElement(root, "testsuite", name=_clean(report.path))
    by_rule: dict[str, list[LocatedFinding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.check, []).append(finding)
    for rule in sorted(by_rule) or ["catalogue"]:
        case = ET.SubElement(suite, "testcase", classname=_clean(report.path), name=rule, time="0")
        failures = [finding for finding in by_rule.get(rule, ()) if id(finding) in failing]
        if failures:
            kind = "error" if not report.readable else "failure"
            element = ET.SubElement(case, kind, message=_clean(failures[0].message), type=rule)
            element.text = _clean(
                "\n".join(f"{finding.path}:{finding.line}: {finding.message}" for finding in failures)
            )
        if passing := [finding for finding in by_rule.get(rule, ()) if id(finding) not in failing]:
            lines = (
                f"{finding.path}:{finding.line}: {finding.severity}: {finding.message}" for finding in passing
            )
            ET.SubElement(case, "system-out").text = _clean("\n".join(lines))
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", str(len(suite.findall("testcase/error"))))
    suite.set("time", "0")


def _count(root: ET.Element, suites: list[ET.Element]) -> None:
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))


def _clean(raw: str) -> str:
    return _NOT_XML.sub("\ufffd", raw)
