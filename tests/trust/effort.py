"""How much the checks of trust try: a sample always, all of it with `make trust`."""

import os

LONG = os.environ.get("OMCORE_TRUST") == "long"


def effort(short, long):
    """The number of tries: short in `make test`, long in `make trust`."""
    return long if LONG else short
