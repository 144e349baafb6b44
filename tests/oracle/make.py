"""Write table.jsonl, a line for every parameter set, and systems.jsonl, with steady states in fifty digits.

Continues a table that was interrupted. `make oracle` starts from nothing.
"""

import json
import warnings
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from oracle import chain, general
from oracle.sets import NUMBERS, parameter_sets

TABLE = Path(__file__).with_name("table.jsonl")
SYSTEMS = Path(__file__).with_name("systems.jsonl")


def line(item):
    """One set as JSON: its kind, drive and numbers, and the states of either reading."""
    kind, p = item
    readings = [[row(state) for state in states] for states in chain.states(p)]
    return json.dumps([kind, p["drive"], [p[n] for n in NUMBERS], *readings], separators=(",", ":"))


def row(state):
    """q, growth and, where it is negative, condition, six negativities and three residuals."""
    # Seventeen digits, the shortest text of the nearest float; the condition is a bound.
    numbers = [float(state["q"]), float(state["growth"])]
    if state["stable"]:
        numbers += [float(f"{float(state['condition']):.3g}")]
        numbers += [float(x) for x in (*state["E"], *state["R"])]
    return numbers


def system_line(item):
    """A set of ``general`` as JSON: its kind, its fields, its amplitudes and its numbers."""
    kind, p = item
    alpha, numbers = system_row(general.state(p))
    return json.dumps([kind, p, alpha, numbers], separators=(",", ":"))


def system_row(state):
    """Amplitudes as pairs; growth and, where it is negative, the two bounds, all quanta and negativities."""
    numbers = [float(state["growth"])]
    if state["growth"] < 0:
        numbers += [float(f"{float(state[key]):.3g}") for key in ("of V", "condition")]
        numbers += [float(x) for x in (*state["quanta"], *state["E"])]
    return [[float(x.real), float(x.imag)] for x in state["alpha"]], numbers


def main():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # trial points of a search
        sets = parameter_sets()
    made = TABLE.read_text().splitlines() if TABLE.exists() else []
    for text, (kind, p) in zip(made, sets, strict=False):
        if json.loads(text)[:3] != [kind, p["drive"], [p[n] for n in NUMBERS]]:
            raise SystemExit(f"{TABLE} is of other sets; remedy: make oracle")
    done = len(made)
    with TABLE.open("a") as table, ProcessPoolExecutor(2) as pool:
        for number, text in enumerate(pool.map(line, sets[done:]), done + 1):
            table.write(text + "\n")
            table.flush()
            if number % 50 == 0:
                print(f"{number} of {len(sets)} sets", flush=True)
    with ProcessPoolExecutor(2) as pool:
        lines = pool.map(system_line, general.system_sets())
        SYSTEMS.write_text("".join(f"{text}\n" for text in lines))


if __name__ == "__main__":
    main()
