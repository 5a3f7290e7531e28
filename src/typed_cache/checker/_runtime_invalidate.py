"""`typed-cache invalidate`: drop the entry of a call."""

import argparse

from typed_cache.checker._runtime_answers import Answer, answered, note_if_private
from typed_cache.checker._runtime_call import EXIT_STATUS, RuntimeCall
from typed_cache.checker._runtime_call import configure as configure_call

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `invalidate`."""
    parser.description = "Drop the entry of a call. The application is imported, the function not called."
    parser.epilog = f"""\
examples:
  typed-cache invalidate --setup app.caches:configure app.users:get_user 42

{EXIT_STATUS}"""
    configure_call(parser)


@answered
def run(call: RuntimeCall) -> Answer:
    """Drop the entry; that there was none is no error."""
    call.asked(call.store.invalidate(call.key))
    return Answer(f"invalidated {call.key}\n", note_if_private(call))
