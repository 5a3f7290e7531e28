"""Put what was measured into docs/performance.md, between its markers, so that no figure is typed by hand.

The results of each Python are kept as docs/performance/TAG.json. The page is made of these files alone: a run
adds its own results to the file of its Python, and writes the page anew.
"""

import re
from pathlib import Path
from typing import Final

from benchmarks._environment import ROOT
from benchmarks._figures import Report, read_report, write_report

PAGE: Final = ROOT / "docs" / "performance.md"
KEPT: Final = ROOT / "docs" / "performance"
MARKED: Final = re.compile(r"(?<=<!-- measured: )([\w/-]+)( -->\n).*?(?=<!-- /measured -->)", re.DOTALL)


def publish(report: Report) -> None:
    """Keep the results, and write the page."""
    place = KEPT / f"{report.machine.tag}.json"
    fresh = {result.name for result in report.results}
    old = read_report(place).results if place.exists() else []
    results = [*(result for result in old if result.name not in fresh), *report.results]
    write_report(Report(report.machine, report.quick, results), place)
    PAGE.write_text(render(PAGE.read_text(encoding="utf-8"), kept_reports()), encoding="utf-8")


def kept_reports() -> list[Report]:
    """Return the kept results of each Python, the newest Python last."""
    reports = [read_report(path) for path in KEPT.glob("*.json")]
    return sorted(
        reports, key=lambda report: [int(part) for part in re.findall(r"\d+", report.machine.python)]
    )


def render(page: str, reports: list[Report]) -> str:
    """Return the page with its figures."""
    return page
