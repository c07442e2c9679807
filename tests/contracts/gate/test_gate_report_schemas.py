"""The reports of the gate are what their published schemas ask for, whatever they have to tell."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import checks
from l10n.gate import REPORTS, RULES, CatalogueReport, LocatedFinding, Verdict, judge
from l10n.gate.reports import sarif
from l10n.model import Severity
from workflow.cli import main

SCHEMAS = Path(__file__).parents[2] / "cases" / "reports"
FILES = {"sarif": "sarif-2.1.0-rtm.5.json", "gitlab": "gitlab-code-quality.json", "junit": "junit-10.xsd"}
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: fr\\n"\n\n'
BROKEN = 'msgid "a"\nmsgstr "b\n'
PAIR = 'msgid "It opens on 6 April & “<1>soon</1>”."\nmsgstr "Elle ouvre le 8 avril."\n'

TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)
REMARKS = st.lists(
    st.builds(
        LocatedFinding,
        path=TEXTS.filter(bool).map("po/{}.po".format),
        line=st.integers(0, 10_000),
        severity=st.sampled_from(Severity),
        check=st.sampled_from((*checks.names(), *RULES)),
        text=TEXTS.filter(str.strip),
        source=TEXTS,
    ),
    max_size=6,
)


@cache
def schema(name: str) -> jsonschema.protocols.Validator | xmlschema.XMLSchema:
    path = SCHEMAS / FILES[name]
    if path.suffix == ".xsd":
        return xmlschema.XMLSchema(path)
    rules = json.loads(path.read_text("utf-8"))
    return jsonschema.validators.validator_for(rules)(rules)


def valid(name: str, told: str) -> None:
    if name == "junit":
        schema(name).validate(told)
    else:
        schema(name).validate(json.loads(told))


@pytest.mark.parametrize("name", sorted(FILES))
@given(remarks=REMARKS)
@settings(max_examples=60)
def test_a_report_fits_its_schema(name: str, remarks: list[LocatedFinding]) -> None:
    sheets = [CatalogueReport(path) for path in sorted({one.path for one in remarks})]
    verdict = judge(sheets, remarks, serious=frozenset({Severity.ERROR}), optional=frozenset())
    valid(name, REPORTS.get(name).text(verdict))


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_command_writes_what_fits(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.po").write_text(HEAD + PAIR, "utf-8")
    (tmp_path / "b.po").write_text(HEAD + BROKEN, "utf-8")
    assert main(["check", "a.po", "b.po", "--format", f"{name}=out"]) == 2
    told = (tmp_path / "out").read_text("utf-8")
    assert "a.po" in told
    assert "b.po" in told
    valid(name, told)


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("sarif", '{"version": "2.1.0", "runs": [{"tool": {}}]}'),
        ("gitlab", '[{"description": "x", "check_name": "y", "severity": "error"}]'),
        ("junit", '<testsuites><testsuite name="a"><testcase/></testsuite></testsuites>'),
    ],
)
def test_the_schemas_can_say_no(name: str, broken: str) -> None:
    with pytest.raises((jsonschema.ValidationError, xmlschema.XMLSchemaValidationError)):
        valid(name, broken)


def test_sarif_stays_within_what_github_takes() -> None:
    many = [
        LocatedFinding("a.po", n, Severity.WARNING, "numbers", "x" * 2000, source=str(n)) for n in range(5100)
    ]
    worst = LocatedFinding("z.po", 1, Severity.ERROR, "syntax", "broken")
    told = json.loads(sarif.text(Verdict((), (*many, worst), ())))
    results = told["runs"][0]["results"]
    assert len(results) == sarif.MOST
    assert results[0]["ruleId"] == "syntax"
    assert max(len(one["message"]["text"]) for one in results) <= 1000
    assert len({one["partialFingerprints"]["passerelle/v1"] for one in results}) == sarif.MOST
