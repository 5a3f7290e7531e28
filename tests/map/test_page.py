"""The page in a browser, where there is one: it draws every key and every function."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

BROWSER: Final = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
PAGE: Final = Path(__file__).parent / "golden" / "shop.html"

pytestmark = pytest.mark.skipif(BROWSER is None, reason="needs Chromium")


def drawn(tmp_path: Path, fragment: str = "") -> str:
    """Return the document as the browser leaves it, its scripts taken out."""
    command = [
        str(BROWSER),
        *(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--window-size=1400,900",
            "--virtual-time-budget=2000",
        ),
        f"--user-data-dir={tmp_path}",
        "--dump-dom",
        f"{PAGE.as_uri()}{fragment}",
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return re.sub(r"<script>.*?</script>", "", run.stdout, flags=re.DOTALL)


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
    card = re.search(r'id="details".*?</div>', drawn(tmp_path, "#key=4"), re.DOTALL)

    assert card is not None
    text = re.sub(r"<[^>]+>", " ", card[0])
    for shown in ("user_ {user_id}", "users", "expires after 3h", "shop.users.get_user", "shop/users.py:18"):
        assert shown in text
