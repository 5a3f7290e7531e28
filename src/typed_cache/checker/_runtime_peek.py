"""`typed-cache peek`: the value that a call would be served."""

import argparse
import pprint

from typed_cache.checker._runtime_answers import Answer, answered, missed
from typed_cache.checker._runtime_call import EXIT_STATUS, RuntimeCall
from typed_cache.checker._runtime_call import configure as configure_call
from typed_cache.client import Miss

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `peek`."""
    parser.description = (
        "Print the cached value of a call. The application is imported, the function not called."
    )
    parser.epilog = f"""\
examples:
  typed-cache peek --setup app.caches:configure app.users:get_user 42

{EXIT_STATUS}"""
    configure_call(parser)


@answered
def run(call: RuntimeCall) -> Answer:
    """Print the value, or say on standard error why there is none."""
    found = call.asked(call.store.read(call.key))
    if isinstance(found, Miss):
        return missed(call, found.reason)
    return Answer(f"{pprint.pformat(found, sort_dicts=False)}\n")
