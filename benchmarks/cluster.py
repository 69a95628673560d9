"""What a cluster costs and gives: one corpus built in one process, in two, and by a Dask cluster of two workers here.

`python benchmarks/cluster.py --posts 2000 --blogs 200 --runs 3` prints medians for a post: seconds of the whole build, of
this process's, the workers' and the scheduler's processors, and bytes there and back. docs/cluster.md calculates with them.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "plugins")]
MODES = ("serial", "processes", "dask")


def measured(folder: Path, mode: str, address: str) -> dict[str, float]:
    """Measures a clean build in this process: seconds and bytes, by name."""
    from bylines.engine import build
    from bylines.engine.workers import cluster
    from tests.building import SmallSite

    site = SmallSite(folder, BYLINES_EXECUTOR=mode, BYLINES_SCHEDULER=address, BYLINES_WORKERS=2)
    seen = {"there": 0.0, "back": 0.0, "batches": 0.0}
    answered, sent = cluster.Cluster._answer, cluster.Cluster._sent

    def answer(self: Any, future: Any) -> cluster.Answer:
        found = answered(self, future)
        seen["back"] += sum(map(len, found.done))
        return found

    def send(self: Any, job: Any, kit: bytes, batch: Any) -> Any:
        found = sent(self, job, kit, batch)
        seen["there"] += found.size + len(kit)
        seen["batches"] += 1
        return found

    cluster.Cluster._answer, cluster.Cluster._sent = answer, send  # type: ignore[method-assign]
    if mode == "dask":
        import distributed  # noqa: F401 (half a second, once a build)
    name = tempfile.mkdtemp(dir=folder, prefix=f"{mode}-")
    started, own = time.perf_counter(), time.process_time()
    result = build.build(site.site(f"{name}/output", f"{name}/cache"))
    wall, own = time.perf_counter() - started, time.process_time() - own
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    pool = children.ru_utime + children.ru_stime
    return {"posts": result.posts, "wall": wall, "own": own, "workers": pool, "scheduler": 0.0, **seen}


def main() -> None:
    """Writes the corpus, builds it in each mode in turn, and prints the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=2_000)
    parser.add_argument("--blogs", type=int, default=200)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        folder, mode, address = options.one
        print(json.dumps(measured(Path(folder), mode, address)))
        return
    with tempfile.TemporaryDirectory() as folder:
        _by_turns(Path(folder), options)


def _by_turns(folder: Path, options: argparse.Namespace) -> None:
    from benchmarks.corpus import Corpus, write_ours
    from tests.cluster import DaskCluster

    write_ours(folder, Corpus(options.posts, options.blogs))
    runs: dict[str, list[dict[str, float]]] = {mode: [] for mode in MODES}
    with DaskCluster(folder / "empty", workers=2) as cluster:
        _one(folder, "dask", cluster.address)  # workers import and compile once
        for _ in range(options.runs):
            for mode in MODES:
                before = _cpu(cluster)
                found = _one(folder, mode, cluster.address)
                if mode == "dask":
                    after = _cpu(cluster)
                    found |= {name: after[name] - before[name] for name in after}
                runs[mode].append(found)
    serial = statistics.median(run["wall"] for run in runs["serial"])
    for mode, found in runs.items():
        middle = {key: statistics.median(run[key] for run in found) for key in found[0]}
        shown = ", ".join(
            f"{key} {1e6 * middle[key] / middle['posts']:.0f} µs" for key in ("wall", "own", "workers", "scheduler")
        )
        sizes = ", ".join(f"{key} {middle[key] / middle['posts']:.0f} B" for key in ("there", "back"))
        print(f"{mode:10} {middle['wall'] / serial:5.2f}  a post: {shown}, {sizes}; {middle['batches']:.0f} batches")


def _cpu(cluster: Any) -> dict[str, float]:
    """The CPU seconds that the cluster has used so far, of workers and scheduler."""
    import psutil

    def taken(pid: int) -> float:
        times = psutil.Process(pid).cpu_times()
        return float(times.user + times.system)

    return {
        "workers": sum(taken(worker.pid) for worker in cluster.workers),
        "scheduler": taken(cluster.scheduler.pid),
    }


def _one(folder: Path, mode: str, address: str) -> dict[str, float]:
    command = [sys.executable, __file__, "--one", str(folder), mode, address]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return found


if __name__ == "__main__":
    main()
