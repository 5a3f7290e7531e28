"""This is a map as one page that needs no network: `_map_page.html` with style, script and facts put in."""

import json
from importlib.resources import files

from typed_cache.checker._map import KeyMap
from typed_cache.checker._map_json import map_facts

__all__ = ["as_html"]

_SAFE_IN_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def as_html(key_map: KeyMap) -> str:
    """Return the page; text from the project cannot end its script, whatever it holds."""
    page = _part("page.html").replace("/* STYLE */\n", _part("page.css"))
    page = page.replace("/* SCRIPT */\n", _part("picture.js") + _part("page.js"))
    return page.replace("/* FACTS */ null", json.dumps(map_facts(key_map)).translate(_SAFE_IN_SCRIPT))


def _part(name: str) -> str:
    return files("typed_cache.checker").joinpath(f"_map_{name}").read_text(encoding="utf-8")
