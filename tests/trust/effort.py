"""How much is tried: a sample in `make test`, all of it in `make trust` and `make everything`."""

import os

LONG = os.environ.get("OMCORE_TRUST") == "long"


def effort(short, long):
    """The number of tries."""
    return long if LONG else short


def some(tries, one_in):
    """A list of tries, in `make test` one in so many of them."""
    return tries if LONG else tries[::one_in]
