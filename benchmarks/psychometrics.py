"""The psychometric engine beside its Python peers: girth, mirt for Python, catsim and adaptivetesting, in one run.

    python3.13 -m venv /tmp/peers && /tmp/peers/bin/pip install girth catsim adaptivetesting mirt
    .venv/bin/python benchmarks/psychometrics.py --peers /tmp/peers/bin/python [--only calibration adaptive latency]

The peers live in an environment of their own (adaptivetesting needs Python 3.13); without `--peers` only our own
figures are printed. Each measurement is a process of its own with one thread of linear algebra, on the same simulated
data for all. `wall` is what a clock sees, `CPU` what the processor worked: where others use the machine they differ.

- calibration: a 2PL with discriminations from a log-normal (0.1, 0.3) and difficulties from N(0, 1), abilities N(0, 1),
  items missing at random; ours with 41 nodes, once without and once with standard errors. girth and mirt don't take
  190,000 × 300 in reasonable time and memory: they get the first `--part` people of it, and the time is multiplied.
- adaptive: 120 items, pass mark −0.3; catsim and adaptivetesting stop at a standard error of 0.3.
- latency: the time to the next item, given the answers so far; once, and the best of five calls at each step, which
  leaves out what other programs on the machine took.
"""

import argparse
import importlib
import importlib.metadata
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
CASES = {
    "14,000 × 120 complete": (14_000, 120, 120),
    "14,000 × 120, 70 % missing": (14_000, 120, 36),
    "190,000 × 300, 90 % missing": (190_000, 300, 30),
    "1,000,000 × 300, 30 items each": (1_000_000, 300, 30),
}
WHOLE, PEERS_TAKE = 20_000, 500_000
CUT, TARGET_ERROR = -0.3, 0.3
AREAS = 5
REPEATS = 5


def simulated(persons: int, items: int, each: int, folder: Path, seed: int = 0) -> None:
    """Answers of people who got `each` of the items at random, as sparse arrays in a folder."""
    rng = np.random.default_rng([20261125, seed])
    a, b = rng.lognormal(0.1, 0.3, items), rng.normal(size=items)
    theta = rng.normal(size=persons)
    number = np.empty((persons, each), np.int32)
    answer = np.empty((persons, each), np.int32)
    for first in range(0, persons, 20_000):
        last = min(persons, first + 20_000)
        order = rng.random((last - first, items), dtype=np.float32).argpartition(each - 1, axis=1)[:, :each]
        order.sort(axis=1)
        p = 1 / (1 + np.exp(-a[order] * (theta[first:last, None] - b[order])))
        number[first:last], answer[first:last] = order, rng.random(order.shape) < p
    np.savez(folder / "true.npz", a=a, b=b)
    np.save(folder / "item.npy", number)
    np.save(folder / "answer.npy", answer)


def dense(folder: Path, part: int, missing: int) -> np.ndarray:
    """The answers of the first people as a matrix (persons, items)."""
    number, answer = np.load(folder / "item.npy")[:part], np.load(folder / "answer.npy")[:part]
    items = len(np.load(folder / "true.npz")["a"])
    table = np.full((len(number), items), missing)
    np.put_along_axis(table, number, answer, axis=1)
    return table


def ours(folder: Path, _part: int, errors: bool) -> tuple[np.ndarray, np.ndarray, float, float]:
    """a, b, wall and CPU seconds of our calibration."""
    answers = importlib.import_module("kazipot.core.psychometrics.responses")
    engine = importlib.import_module("kazipot.core.psychometrics.calibration")
    number, answer = np.load(folder / "item.npy"), np.load(folder / "answer.npy")
    names = [str(item) for item in range(len(np.load(folder / "true.npz")["a"]))]
    start = np.arange(0, number.size + 1, number.shape[1])
    settings = engine.Settings(nodes=41, polish=False, errors=errors)
    began = time.perf_counter(), time.process_time()
    found = engine.calibrate(
        answers.from_answers(start, number.ravel(), answer.ravel(), names), "2pl", settings=settings
    )
    took = time.perf_counter() - began[0], time.process_time() - began[1]
    return np.array([i.a for i in found.items]), np.array([i.b[0] for i in found.items]), *took


def girth(folder: Path, part: int, _errors: bool) -> tuple[np.ndarray, np.ndarray, float, float]:
    """a, b, wall and CPU seconds of girth's twopl_mml."""
    peer = importlib.import_module("girth")
    data = peer.tag_missing_data(dense(folder, part, -1).T, [0, 1])
    began = time.perf_counter(), time.process_time()
    found = peer.twopl_mml(data, {"quadrature_n": 41})
    took = time.perf_counter() - began[0], time.process_time() - began[1]
    return found["Discrimination"], found["Difficulty"], *took


def mirt(folder: Path, part: int, errors: bool) -> tuple[np.ndarray, np.ndarray, float, float]:
    """a, b, wall and CPU seconds of the Python package mirt."""
    peer = importlib.import_module("mirt")
    data = dense(folder, part, -1)
    began = time.perf_counter(), time.process_time()
    found = peer.fit_mirt(data, "2PL", n_quadpts=41, compute_standard_errors=errors)
    took = time.perf_counter() - began[0], time.process_time() - began[1]
    values = found.model.parameters
    return np.ravel(values["discrimination"]), np.ravel(values["difficulty"]), *took


def bank() -> tuple[np.ndarray, np.ndarray]:
    """Discriminations and difficulties of the 120 items of the adaptive tests."""
    rng = np.random.default_rng(120)
    return rng.lognormal(0.05, 0.3, 120), rng.normal(size=120)


def told(theta: np.ndarray, passed: np.ndarray, length: np.ndarray, wall: float, cpu: float) -> dict[str, Any]:
    """Mean items, accuracy and sittings a second."""
    return {
        "items": float(length.mean()), "accuracy": float((passed == (theta >= CUT)).mean()), "people": len(theta),
        "rate": len(theta) / wall, "cpu_rate": len(theta) / cpu, "near": float((np.abs(theta - CUT) <= 0.3).mean()),
    }  # fmt: skip


def catsim_sittings(people: int) -> dict[str, Any]:
    """catsim: maximum information at the estimate until the standard error is reached."""
    parts = {name: importlib.import_module(f"catsim.{name}") for name in
             ("simulation", "initialization", "selection", "estimation", "stopping")}  # fmt: skip
    a, b = bank()
    items = np.column_stack([a, b, np.zeros(120), np.ones(120)])
    theta = np.random.default_rng(7).normal(size=people)
    simulator = parts["simulation"].Simulator(
        items, theta, parts["initialization"].FixedPointInitializer(0.0), parts["selection"].MaxInfoSelector(),
        parts["estimation"].NumericalSearchEstimator(), parts["stopping"].MinErrorStopper(TARGET_ERROR), seed=1,
    )  # fmt: skip
    began = time.perf_counter(), time.process_time()
    simulator.simulate()
    wall, cpu = time.perf_counter() - began[0], time.process_time() - began[1]
    length = np.array([len(items_of) for items_of in simulator.administered_items])
    found = told(theta, np.array(simulator.latest_estimations) >= CUT, length, wall, cpu)
    return found | {"next_item_us": 1e6 * wall / length.sum(), "next_item_cpu_us": 1e6 * cpu / length.sum()}


def adaptivetesting_sittings(people: int) -> dict[str, Any]:
    """adaptivetesting: EAP, maximum information at the estimate, until the standard error is reached."""
    peer = importlib.import_module("adaptivetesting")
    a, b = bank()
    pool = peer.ItemPool.load_from_list(a=a.tolist(), b=b.tolist(), c=[0.0] * 120, d=[1.0] * 120)
    theta = np.random.default_rng(7).normal(size=people)
    passed, length = np.zeros(people, bool), np.zeros(people)
    began = time.perf_counter(), time.process_time()
    for person in range(people):
        test = peer.TestAssembler(
            pool, "benchmark", str(person), peer.ExpectedAPosteriori,
            {"prior": peer.NormalPrior(0, 1), "optimization_interval": (-6, 6), "model": None},
            true_ability_level=float(theta[person]), simulation=True, seed=person,
        )  # fmt: skip
        run = peer.Simulation(test, peer.ResultOutputFormat.CSV)
        run.simulate(peer.StoppingCriterion.SE, TARGET_ERROR)
        passed[person], length[person] = test.ability_level >= CUT, len(test.answered_items)
    wall, cpu = time.perf_counter() - began[0], time.process_time() - began[1]
    found = told(theta, passed, length, wall, cpu)
    return found | {"next_item_us": 1e6 * wall / length.sum(), "next_item_cpu_us": 1e6 * cpu / length.sum()}


def engine() -> dict[str, Any]:
    """Our modules by name."""
    names = ("irt", "pool", "sitting", "simulation", "stopping", "exposure", "responses", "calibration")
    return {name: importlib.import_module(f"kazipot.core.psychometrics.{name}") for name in names}


def our_items(mine: dict[str, Any], areas: int, calibrated: bool) -> list[Any]:
    """The bank's items; `calibrated`: with the errors of a calibration on 2,000 people."""
    a, b = bank()
    items = [mine["irt"].Item(str(j), "2pl", a[j], (b[j],), area=str(j % areas) if areas else "") for j in range(120)]
    if not calibrated:
        return items
    rng = np.random.default_rng(3)
    answers = rng.random((2000, 120)) < 1 / (1 + np.exp(-a * (rng.normal(size=(2000, 1)) - b)))
    data = mine["responses"].from_matrix(answers.astype(int), [item.name for item in items])
    found = mine["calibration"].calibrate(data, "2pl").items
    return [mine["irt"].Item(f.name, f.model, f.a, f.b, area=i.area) for f, i in zip(found, items, strict=True)]


def our_sittings(kind: str, people: int) -> dict[str, Any]:
    """Ours, or the two forms of fixed length."""
    mine = engine()
    areas = AREAS if "areas" in kind else 0
    blueprint = mine["pool"].Blueprint({str(area): 1 / AREAS for area in range(AREAS)}) if areas else None
    rules = mine["stopping"].Rules(
        CUT, max_items=66 if areas else 40,
        curtail=1.2 if areas else 0.8, max_exposure=0.25 if areas else 1.0,
        unsure="undecided" if "undecided" in kind else "decide",
    )  # fmt: skip
    known = mine["sitting"].test_of(
        mine["pool"].pool_of(our_items(mine, areas, "calibrated" in kind), blueprint), rules
    )
    true = mine["pool"].pool_of(our_items(mine, areas, False), blueprint)
    rng = np.random.default_rng(7)
    theta = rng.normal(size=people)
    simulation = mine["simulation"]
    if kind.startswith("fixed"):
        form = simulation.fixed_form(known, 30) if "best" in kind else rng.choice(120, 30, replace=False)
        sat = simulation.sit_fixed(known, form, theta, rng)
        return told(theta, sat.decision == 1, sat.length, 1.0, 1.0) | {"exposure": 1.0}
    probabilities = simulation.tuned_exposure(known, rng)
    began = time.perf_counter(), time.process_time()
    sat = simulation.simulate(known, theta, rng, probabilities, truth=true)
    wall, cpu = time.perf_counter() - began[0], time.process_time() - began[1]
    decided = sat.decision != 0
    found = told(theta[decided], sat.decision[decided] == 1, sat.length, wall, cpu)
    found |= {"people": people, "rate": people / wall, "cpu_rate": people / cpu, "undecided": 1 - float(decided.mean())}
    rates = simulation.rates(known, sat)
    return found | {
        "exposure": rates.max_exposure,
        "violations": rates.blueprint_violations,
        "near_cut": rates.near_cut,
    }


def our_latency(items: int) -> dict[str, Any]:
    """Microseconds to the next item over many sittings, with areas, enemies and exposure for the large bank."""
    mine = engine()
    rng = np.random.default_rng(11)
    a, b = rng.lognormal(0.05, 0.3, items), rng.normal(size=items)
    full = items > 120
    made = [
        mine["irt"].Item(str(j), "2pl", a[j], (b[j],), area=str(j % AREAS) if full else "",
                         enemies=str(j // 4) if full else "")
        for j in range(items)
    ]  # fmt: skip
    blueprint = mine["pool"].Blueprint({str(area): 1 / AREAS for area in range(AREAS)}) if full else None
    test = mine["sitting"].test_of(
        mine["pool"].pool_of(made, blueprint), mine["stopping"].Rules(CUT, max_exposure=0.25)
    )
    following, once, best = mine["sitting"].following, [], []
    for _person in range(200):
        may, answers = rng.random(items) < 0.8, []
        while True:
            times = []
            for _again in range(REPEATS):
                began = time.perf_counter_ns()
                step = following(test, answers, may)
                times.append(time.perf_counter_ns() - began)
            once.append(times[0])
            best.append(min(times))
            if step.item is None:
                break
            answers.append((step.item, int(rng.random() < 0.5)))
    return {
        f"{name}_{place}": float(np.quantile(times, share)) / 1000
        for name, times in (("once", once), ("best", best))
        for place, share in (("median", 0.5), ("p99", 0.99))
    }


def inside(what: str, who: str, folder: Path, part: int) -> dict[str, Any]:
    """One measurement, in a process of its own."""
    warnings.simplefilter("ignore")
    if what == "adaptive":
        peers = {"catsim": catsim_sittings, "adaptivetesting": adaptivetesting_sittings}
        return peers[who](part) if who in peers else our_sittings(who, part)
    if what == "latency":
        return our_latency(part)
    tools = {"ours": ours, "ours + errors": ours, "girth": girth, "mirt": mirt}
    a, b, wall, cpu = tools[who](folder, part, who == "ours + errors")
    true = np.load(folder / "true.npz")
    rmse = [float(np.sqrt(np.mean((found - real) ** 2))) for found, real in ((a, true["a"]), (b, true["b"]))]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return {"wall": wall, "cpu": cpu, "rmse_a": rmse[0], "rmse_b": rmse[1], "memory": memory}


def measure(python: str, what: str, who: str, folder: Path, part: int = 0) -> dict[str, Any] | None:
    """One measurement by an interpreter; None when it fails, with its last line of error on the screen."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    command = [python, __file__, "--inside", what, who, str(folder), str(part)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"  {who}: {(done.stderr.splitlines() or ['no word why'])[-1]}")
        return None
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def calibration(peers: str | None, part: int, chosen: list[str], sets: int) -> None:
    """The table of calibrations: means over data sets, of which there is one where data are large."""
    print("\ncalibration (2PL)               tool            wall s    CPU s  ratio (CPU)  RMSE a  RMSE b   GB")
    for name in chosen:
        persons, items, each = CASES[name]
        few = part if persons > WHOLE else persons
        tools = [("ours", sys.executable), ("ours + errors", sys.executable)]
        if peers is not None and persons <= PEERS_TAKE:
            tools += [("girth", peers), ("mirt", peers)]
        found: dict[str, list[dict[str, Any]]] = {tool: [] for tool, _python in tools}
        for seed in range(sets if persons <= WHOLE else 1):
            with tempfile.TemporaryDirectory(prefix="kazipot-benchmark-") as place:
                simulated(persons, items, each, Path(place), seed)
                for tool, python in tools:
                    one = measure(python, "calibration", tool, Path(place), few)
                    if one is not None:
                        found[tool].append(one)
        _rows(name, found, persons / few)


def _rows(name: str, found: dict[str, list[dict[str, Any]]], times: float) -> None:
    means = {
        tool: {key: float(np.mean([one[key] for one in runs])) for key in runs[0]}
        for tool, runs in found.items()
        if runs
    }
    for tool, mean in means.items():
        more = times if tool in ("girth", "mirt") else 1.0
        title = tool if more == 1 else f"{tool} ×{more:.0f}"
        print(
            f"{name:<31} {title:<14} {more * mean['wall']:>7.2f} {more * mean['cpu']:>8.2f} "
            f"{more * mean['cpu'] / means['ours']['cpu']:>11.1f}× {mean['rmse_a']:>7.4f} {mean['rmse_b']:>7.4f} "
            f"{mean['memory']:>5.2f}",
            flush=True,
        )


def adaptive(peers: str | None, people: int) -> None:
    """The table of adaptive decisions."""
    print(
        "\npass or fail at −0.3, 120 items           items  accuracy  undecided  exposure  sittings/s  per CPU second"
    )
    rows: list[tuple[str, str, str | None, int]] = [
        ("catsim, SE 0.3", "catsim", peers, 500), ("adaptivetesting, SE 0.3", "adaptivetesting", peers, 60),
        ("random 30", "fixed random", sys.executable, people), ("best fixed 30", "fixed best", sys.executable, people),
        ("ours, free", "free", sys.executable, people),
        ("ours, free, calibrated on 2,000", "free calibrated", sys.executable, people),
        ("ours, 5 areas, exposure ≤ 0.25", "areas", sys.executable, people),
        ("ours, 5 areas, calibrated on 2,000", "areas calibrated", sys.executable, people),
        ("ours, may stay undecided", "undecided", sys.executable, people),
    ]  # fmt: skip
    for title, who, python, number in rows:
        found = None if python is None else measure(python, "adaptive", who, ROOT, number)
        if found is not None:
            fixed = who.startswith("fixed")
            rate, cpu = ("", "") if fixed else (f"{found['rate']:,.0f}", f"{found['cpu_rate']:,.0f}")
            print(
                f"{title:<40} {found['items']:>6.1f} {found['accuracy']:>9.3f} {found.get('undecided', 0.0):>10.3f} "
                f"{found.get('exposure', float('nan')):>9.3f} {rate:>11} {cpu:>15}",
                flush=True,
            )
            if "next_item_us" in found:
                print(f"{'':<40} one item with its estimate: {found['next_item_us']:,.0f} µs wall", flush=True)


def latency() -> None:
    """The table of times to the next item."""
    print("\nnext item                              median µs  p99 µs   best of 5: median µs  p99 µs")
    for title, items in (("120 items", 120), ("1,000 items, areas, enemies, exposure", 1000)):
        found = measure(sys.executable, "latency", "ours", ROOT, items)
        if found is not None:
            print(
                f"{title:<38} {found['once_median']:>9.0f} {found['once_p99']:>7.0f} {found['best_median']:>22.0f} "
                f"{found['best_p99']:>7.0f}",
                flush=True,
            )


def versions(peers: str | None) -> None:
    """What is compared."""
    names = ("numpy", "scipy")
    print(f"ours: Python {platform.python_version()},", *(f"{n} {importlib.metadata.version(n)}" for n in names))
    print(f"{os.cpu_count()} cores, one thread of linear algebra in each process")
    if peers is None:
        print(f"No peers: {(__doc__ or '').splitlines()[2].strip()}, then --peers.")
        return
    code = (
        "import importlib.metadata as m, platform; print('Python', platform.python_version(), *(n + ' ' + m.version(n) "
        "for n in ('girth', 'mirt', 'catsim', 'adaptivetesting', 'numpy', 'scipy')))"
    )
    print("peers:", subprocess.run([peers, "-c", code], capture_output=True, text=True, check=True).stdout.strip())


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--peers", help="an interpreter that has the peers")
    parser.add_argument("--only", nargs="+", choices=["calibration", "adaptive", "latency"])
    parser.add_argument(
        "--cases", type=int, nargs="+", default=range(len(CASES)), help="numbers of calibrations, from 0"
    )
    parser.add_argument("--part", type=int, default=4_750, help="people that peers get of the largest data")
    parser.add_argument("--sets", type=int, default=3, help="data sets of the smaller calibrations")
    parser.add_argument("--people", type=int, default=40_000, help="simulated people of the adaptive tests")
    parser.add_argument("--inside", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        what, who, folder, part = options.inside
        print(json.dumps(inside(what, who, Path(folder), int(part))))
        return 0
    versions(options.peers)
    chosen = options.only or ["calibration", "adaptive", "latency"]
    if "calibration" in chosen:
        calibration(options.peers, options.part, [list(CASES)[number] for number in options.cases], options.sets)
    if "adaptive" in chosen:
        adaptive(options.peers, options.people)
    if "latency" in chosen:
        latency()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
