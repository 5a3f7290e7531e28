"""The page in a browser, where there is one: it draws every key and every function."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from typed_cache.checker._main import main

BROWSER: Final = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
PAGE: Final = Path(__file__).parent / "golden" / "shop.html"

pytestmark = pytest.mark.skipif(BROWSER is None, reason="needs Chromium")


FLAGS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1400,900",
    "--virtual-time-budget=2000",
    "--dump-dom",
)


def opened(tmp_path: Path, address: str) -> str:
    """Return the document at an address as the browser leaves it, its scripts taken out."""
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={tmp_path / 'browser'}", address]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return re.sub(r"<script>.*?</script>", "", run.stdout, flags=re.DOTALL)


def drawn(tmp_path: Path, fragment: str = "") -> str:
    """Return the page of the shop as the browser leaves it."""
    return opened(tmp_path, f"{PAGE.as_uri()}{fragment}")


def drawn_of(tmp_path: Path, source: str, fragment: str = "") -> str:
    """Return the page of one module as the browser leaves it."""
    (tmp_path / "app.py").write_text(source, encoding="utf-8")
    main(["map", "--format", "html", "--output", str(tmp_path / "keys.html"), str(tmp_path / "app.py")])
    return opened(tmp_path, f"{(tmp_path / 'keys.html').as_uri()}{fragment}")


def test_everything_is_drawn(tmp_path: Path) -> None:
    """Six keys, eleven functions, an edge for each touch and one for the keys that can be the same."""
    page = drawn(tmp_path)

    assert len(re.findall(r'class="node key( odd)?"', page)) == 6
    assert len(set(re.findall(r'data-function="([^"]+)"', page))) == 11
    assert len(re.findall(r'<path [^>]*class="(reads|writes|invalidates)', page)) == 13
    assert len(re.findall(r'<path [^>]*class="meets', page)) == 1
    assert "6 keys, 11 functions" in page
    assert "To look at: 3" in page


def test_search_leaves_what_matches(tmp_path: Path) -> None:
    """What is searched for stands in the address, and only its keys are drawn."""
    page = drawn(tmp_path, "#find=profile")

    assert "2 of 6 keys" in page
    assert "get_user" not in re.sub(r"<aside>.*?</aside>", "", page, flags=re.DOTALL)


def test_key_in_focus_is_described(tmp_path: Path) -> None:
    """Template, client, expiry and functions of a key stand in the card beside the picture."""
    card = re.search(r'id="details".*?id="notes"', drawn(tmp_path, "#key=4"), re.DOTALL)

    assert card is not None
    text = re.sub(r"<[^>]+>", "", card[0])
    for shown in ("user_{user_id}", "users", "expires after 3h", "shop.users.get_user", "shop/users.py:18"):
        assert shown in text


@pytest.mark.parametrize("fragment", ["#key=999", "#key=abc"])
def test_key_that_is_not_there(tmp_path: Path, fragment: str) -> None:
    """A link to a key that the picture does not show opens the page, with nothing in focus."""
    page = drawn(tmp_path, fragment)

    assert "6 keys, 11 functions" in page
    assert "Point at a key or a function" in page


def test_search_without_result(tmp_path: Path) -> None:
    """It is said that nothing was found, and a button leads back."""
    page = drawn(tmp_path, "#find=zzz")

    assert "Nothing has \u201czzz\u201d in its key, client, functions or files." in page
    assert "Show all 6 keys" in page


def test_page_without_keys(tmp_path: Path) -> None:
    """Where nothing is cached, nothing is praised; a file that was not read is named."""
    nothing, unread = drawn_of(tmp_path, "a = 1"), drawn_of(tmp_path, "def (")

    assert "No use of typed_cache.Cache found." in nothing
    assert "Every entry expires" not in nothing + unread
    assert "No use of typed_cache.Cache found in what could be read." in unread
    assert "Not read: 1 file" in unread
    assert "app.py:1: cannot be checked" in unread


MEASURE: Final = Path(__file__).with_name("measure.js")


def test_pointed_at_is_told_on_screen(tmp_path: Path) -> None:
    """On every width template, client and expiry stay in sight, and nothing overlaps or sticks out."""
    script = f"<script>{MEASURE.read_text(encoding='utf-8')}</script></body>"
    page = PAGE.read_text(encoding="utf-8").replace("</body>", script)
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    widths = (360, 700, 1000, 1600)
    frames = "".join(
        f'<iframe src="page.html" style="width:{width}px;height:720px;border:0"></iframe>' for width in widths
    )
    listener = '<script>onmessage = event => document.body.append(event.data + "\\n");</script>'
    (tmp_path / "frames.html").write_text(f"<body>{listener}{frames}", encoding="utf-8")
    told = re.findall(r'{"width".*}', opened(tmp_path, (tmp_path / "frames.html").as_uri()))

    measured = {found["width"]: (found["nodes"], found["problems"]) for found in map(json.loads, told)}
    assert measured == {width: (19 if width == 360 else 17, []) for width in widths}
