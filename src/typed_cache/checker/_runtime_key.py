"""`typed-cache key`: the key that a call builds."""

import argparse

from typed_cache.checker._runtime_answers import Answer, answered
from typed_cache.checker._runtime_call import EXIT_STATUS, RuntimeCall
from typed_cache.checker._runtime_call import configure as configure_call

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `key`."""
    parser.description = (
        "Print the key of a call, as the client gets it; without a client, the whole key. "
        "The application is imported."
    )
    parser.epilog = f"""\
examples:
  typed-cache key app.users:get_user 42 --verbose
  typed-cache key --setup app.caches:configure app.users:repository.get 42

{EXIT_STATUS}"""
    configure_call(parser)


@answered
def run(call: RuntimeCall) -> Answer:
    """Print the key."""
    if call.setup is not None:
        call.store  # noqa: B018  # a client that the setup left out is told: the key may not be its own
    return Answer(f"{call.key}\n")
