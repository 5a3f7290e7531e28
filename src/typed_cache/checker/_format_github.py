"""This is a result as GitHub's workflow commands, which annotate the lines of a pull request."""

from typed_cache.checker._result import Result, shown
from typed_cache.template import RULES

__all__ = ["as_github"]


def as_github(result: Result) -> str:
    """Write one `::error` line for each finding and each file that could not be read."""
    lines = [
        _command(fault.reason, file=shown(fault.path), line=fault.line or 1, title="cannot be checked")
        for fault in result.unreadable
    ]
    for finding in result.findings:
        title = f"{finding.code} {RULES[finding.code].name}"
        text = "\n".join([finding.headline, *finding.excerpt, finding.remedy])
        lines.append(
            _command(text, file=shown(finding.path), line=finding.line, col=finding.column, title=title)
        )
    return "".join(f"{line}\n" for line in lines)


def _command(text: str, **properties: str | int) -> str:
    given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::error {given}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
