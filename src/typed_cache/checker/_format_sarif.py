"""This is a result as SARIF 2.1.0, which code scanning services read."""

import json
import os
from urllib.parse import quote

from typed_cache._version import VERSION
from typed_cache.checker._findings import Finding
from typed_cache.checker._result import Result, shown
from typed_cache.checker._sources import Unreadable
from typed_cache.template import RULES, Rule

__all__ = ["as_sarif"]


def as_sarif(result: Result) -> str:
    """Write one run, with every rule, the findings, and what could not be read as notifications."""
    driver = {
        "name": "typed-cache",
        "version": VERSION,
        "rules": [_rule(rule) for rule in RULES.values()],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [
            {
                "executionSuccessful": not result.unreadable,
                "toolExecutionNotifications": [_notification(fault) for fault in result.unreadable],
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding) for finding in result.findings],
    }
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.title},
        "help": {"text": rule.remedy},
        "defaultConfiguration": {"level": "error"},
    }


def _result(finding: Finding) -> dict[str, object]:
    return {
        "ruleId": finding.code,
        "ruleIndex": list(RULES).index(finding.code),
        "level": "error",
        "message": {"text": finding.message},
        "locations": [_location(finding.path, {"startLine": finding.line, "startColumn": finding.column})],
    }


def _notification(fault: Unreadable) -> dict[str, object]:
    region = None if fault.line is None else {"startLine": fault.line}
    return {
        "level": "error",
        "message": {"text": f"The file cannot be checked: {fault.reason}"},
        "locations": [_location(fault.path, region)],
    }


def _location(path: str, region: dict[str, int] | None) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": quote(os.fsencode(shown(path)))}}
    return {"physicalLocation": place if region is None else {**place, "region": region}}
