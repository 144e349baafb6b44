"""Where R is highest over both detunings, case by case and in each reading: searched once, and stored.

    python -m omcore.paper.summits    search again, and store where the searches end

Only the places are stored. Each height is computed where it is asked for.
"""

import json
from pathlib import Path

from ..cases import CASES
from .observables import R, R_summit
from .readings import READINGS

RECORD = Path(__file__).with_name("summits.json")


def heights(reading) -> dict[str, float]:
    """case -> the largest R, at the place that is stored.

    >>> {case: round(float(height), 4) for case, height in heights("self-consistent").items()}
    {'stationary': 0.0064, 'cw': 0.0266, 'ccw': 0.0265}
    """
    places = json.loads(RECORD.read_text(encoding="utf-8"))[reading]
    found = {}
    for case, (Delta_c, Delta_a) in places.items():
        found[case] = R(CASES[case].in_omega_m(Delta_c=Delta_c, Delta_a=Delta_a), reading)
    return found


def main():
    """Search all of them, and store Delta_c and Delta_a over omega_m."""
    places = {m: {case: R_summit(q, m)[:2] for case, q in CASES.items()} for m in READINGS}
    RECORD.write_text(json.dumps(places, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
