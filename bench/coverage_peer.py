"""The peer of `bench_coverage`, run by the Python of an environment that has PySAL `access`.

    python coverage_peer.py FOLDER

Reads `input.npz` (people, place, metres, block, amount, pair lists), computes E2SFCA per block, writes `peer.npz`.
"""

import resource
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from access import Access, weights

warnings.filterwarnings("ignore")
STEPS = {800: 1.0, 1_500: 0.68, 3_000: 0.22}


def main(folder: Path) -> None:
    given = np.load(folder / "input.npz")
    blocks = int(given["blocks"])
    names = [f"block{number}" for number in range(blocks)]
    demand = pd.DataFrame({"id": np.arange(len(given["people"])), "people": given["people"]})
    supply = pd.DataFrame({"id": np.arange(len(given["amount"]))})
    for number, name in enumerate(names):
        supply[name] = np.where(given["block"] == number, given["amount"], 0.0)
    cost = pd.DataFrame({"origin": given["point"], "dest": given["place"], "cost": given["metres"]})
    began = time.perf_counter()
    access = Access(
        demand_df=demand, demand_index="id", demand_value="people",
        supply_df=supply, supply_index="id", supply_value=names,
        cost_df=cost, cost_origin="origin", cost_dest="dest", cost_name="cost",
    )  # fmt: skip
    found = access.enhanced_two_stage_fca(name="e", cost="cost", weight_fn=weights.step_fn(STEPS))
    seconds = time.perf_counter() - began
    values = found.reindex(demand["id"])[[f"e_{name}" for name in names]].fillna(0.0).to_numpy()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    np.savez(folder / "peer.npz", access=values, seconds=seconds, megabytes=memory)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
