"""Settings of the property tests in this folder."""

from hypothesis import settings

# an example takes microseconds, but a busy machine can stop a process for longer than any deadline
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")
