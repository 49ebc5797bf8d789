"""The time of each kernel in one step, by name, the longest first."""

import json
import re
import time
from pathlib import Path

from processes import Failure, Process, run

# A launch as CubeCL writes it down: `| 12.5µs     | name`.
LAUNCH = re.compile(r"^\| (?P<number>[0-9.]+)(?P<unit>ns|µs|ms|s) *\| (?P<name>.+)$")
MILLISECONDS = {"ns": 1e-6, "µs": 1e-3, "ms": 1.0, "s": 1e3}
# Before the one whose kernels are measured; none of them nor that one looks inside the network, which the first does.
WARM_STEPS = 4


def settled(log: Path) -> str:
    """A log that is written a little later than what it tells of, when nothing more comes."""
    text = None
    while text != (text := log.read_text()):
        time.sleep(1)
    return text


def of_ours(command: list[str], limit: float, environment: dict[str, str], log: Path) -> list[dict]:
    """From the launches that CubeCL, which hands our kernels over, writes down while it measures them."""
    log.write_text("")
    measured = {"CUBECL_DEBUG_LOG": str(log.resolve()), "CUBECL_DEBUG_OPTION": "profile-medium"}
    process = Process(command, time.monotonic() + limit, {**environment, **measured})
    try:
        process.answer("ready")
        for _ in range(WARM_STEPS):
            process.step()
        before = settled(log)
        process.step()
        launches = [found for line in settled(log)[len(before) :].splitlines() if (found := LAUNCH.match(line))]
    finally:
        process.close()
    if not launches:
        raise Failure("the program wrote down no launches: this adapter has no timestamps")
    by_name: dict[str, dict] = {}
    for launch in launches:
        kernel = by_name.setdefault(launch["name"].strip(), {"name": launch["name"].strip(), "ms": 0.0, "launches": 0})
        kernel["ms"] += float(launch["number"]) * MILLISECONDS[launch["unit"]]
        kernel["launches"] += 1
    return sorted(by_name.values(), key=lambda kernel: -kernel["ms"])


def of_pytorch(command: list[str], limit: float, environment: dict[str, str]) -> list[dict]:
    """As its own profiler finds them."""
    printed = run([*command, "--kernels"], limit, environment)
    return json.loads(printed.strip().splitlines()[-1])["kernels"]
