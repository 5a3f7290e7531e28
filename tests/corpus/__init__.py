"""Right and wrong uses of `Cache` for all front ends; `corpus_reader` tells what the marks say."""
