"""This is a result for programs: one JSON object, whose keys are documented in docs/checking.md."""

import json

from typed_cache.checker._result import Result, shown
from typed_cache.template import RULES

__all__ = ["as_json"]


def as_json(result: Result) -> str:
    """Write the findings, what could not be read, and how many files there were."""
    document = {
        "version": 1,
        "files": result.files,
        "findings": [
            {
                "path": shown(finding.path),
                "line": finding.line,
                "column": finding.column,
                "code": finding.code,
                "name": RULES[finding.code].name,
                "problem": finding.headline.removeprefix(finding.code).strip(),
                "excerpt": list(finding.excerpt),
                "remedy": finding.remedy,
            }
            for finding in result.findings
        ],
        "unreadable": [
            {"path": shown(fault.path), "line": fault.line, "reason": fault.reason}
            for fault in result.unreadable
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
