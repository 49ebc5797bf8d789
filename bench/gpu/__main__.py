"""Measures a graphics card in under ten minutes: parity, and milliseconds a step of ours beside PyTorch.

python3 bench/gpu PROGRAM [--networks 11/8,20/16] [--batches 32,128] [--trainers ours,eager] [--out FOLDER]

PROGRAM is `resnet-playground` built with `--features webgpu`; docs/performance.md says how to carry it to a machine that has neither
registries nor a browser. Run from the root of the repository. Needs Python 3.10, and PyTorch 2 for what it is compared with. Every
case has a time limit; one that fails leaves a line that says why, and the others go on. FOLDER gets `results.jsonl`, a line for each
case as soon as it is measured, and `table.md`.
"""

import argparse
import ctypes
import json
import os
import sys
import time
from pathlib import Path

# Nothing is left behind among the sources.
sys.dont_write_bytecode = True

import kernels  # noqa: E402
from processes import Failure, Process, run, timed  # noqa: E402
from table import table  # noqa: E402

REFERENCES = [f"tests/fixtures/keras_depth{depth}_filters8" for depth in (11, 20)]
PYTORCH = Path(__file__).parent.parent / "pytorch.py"
# How each is started, after the case's folder; `ours` follows the link instead.
TRAINERS = {
    "ours": [],
    "eager": [],
    "compiled": ["--compiled", "default"],
    "graphs": ["--compiled", "reduce-overhead"],
    "eager-tf32": ["--tf32"],
}


class Comparison:
    def __init__(self, options: argparse.Namespace):
        self.options = options
        self.end = time.monotonic() + options.total
        self.out = options.out
        self.out.mkdir(parents=True, exist_ok=True)
        self.lines: list[dict] = []
        (self.out / "results.jsonl").write_text("")
        self.environment = environment(options)

    def say(self, line: dict) -> None:
        """Keeps and prints a line at once: what is measured stays, should the rest fail."""
        self.lines.append(line)
        text = json.dumps(line)
        print(text, flush=True)
        with (self.out / "results.jsonl").open("a") as file:
            file.write(text + "\n")
        (self.out / "table.md").write_text(table(self.lines))

    def time_left(self) -> float:
        """Until this case has to end."""
        left = min(self.options.limit, self.end - time.monotonic())
        if left < 1:
            raise Failure("left out: the time for all cases was up")
        return left

    def machine(self) -> None:
        found = {"kind": "machine", "date": time.strftime("%Y-%m-%d"), "cores": os.cpu_count()}
        questions = {
            "card": ["nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader"],
            "program": [self.options.program, "--version"],
            "pytorch": [self.options.python, "-c", "import torch; print(torch.__version__)"],
        }
        for name, command in questions.items():
            try:
                found[name] = "; ".join(run(command, self.time_left(), self.environment).strip().splitlines())
            except Failure as failure:
                found[name] = f"not there: {failure}"
        self.say(found)

    def parity(self) -> None:
        try:
            command = [self.options.program, "parity", *REFERENCES, "--device", self.options.device]
            printed = run(command, self.time_left(), self.environment).splitlines()
            for line in printed:
                self.say({"kind": "parity", **json.loads(line)})
        except (Failure, json.JSONDecodeError) as failure:
            self.say({"kind": "parity", "failure": str(failure)})

    def case(self, network: str, batch: int, trainer: str) -> None:
        line = {"kind": "case", "network": network, "batch": batch, "trainer": trainer}
        process = None
        try:
            deadline = time.monotonic() + self.time_left()
            command = self.command(network, batch, trainer)
            process = Process(command, deadline, self.environment)
            line.update(timed(process, self.options.seconds))
        except Failure as failure:
            line["failure"] = str(failure)
        finally:
            if process:
                process.close()
        self.say(line)

    def command(self, network: str, batch: int, trainer: str) -> list[str]:
        depth, filters = network.split("/")
        # Dropout is off: its random numbers differ, and with them would the losses.
        link = f"depth={depth}&filters={filters}&batch={batch}&rate=0.001&epochs=1000&held-out=1&stem-dropout=0&head-dropout=0"
        if trainer == "ours":
            return [self.options.program, "bench-case", "steps", link, "--device", self.options.device]
        folder = self.out / "cases" / f"depth{depth}-filters{filters}-batch{batch}"
        if not (folder / "case.json").exists():
            run([self.options.program, "bench-case", "write", str(folder), link], self.time_left(), self.environment)
        script = [self.options.python, str(PYTORCH), str(folder), "--device", self.options.pytorch_device]
        return script + TRAINERS[trainer]

    def kernels(self, network: str, batch: int, trainer: str) -> None:
        """Time of each kernel in one step."""
        line = {"kind": "kernels", "network": network, "batch": batch, "trainer": trainer}
        try:
            command = self.command(network, batch, trainer)
            if trainer == "ours":
                found = kernels.of_ours(command, self.time_left(), self.environment, self.out / "launches.log")
            else:
                found = kernels.of_pytorch(command, self.time_left(), self.environment)
            line["kernels"] = found
        except (Failure, json.JSONDecodeError, KeyError, IndexError) as failure:
            line["failure"] = str(failure)
        self.say(line)

    def all(self) -> None:
        self.machine()
        self.parity()
        cases = [(network, batch) for network in self.options.networks for batch in self.options.batches]
        # What matters first: what is compiled takes longest, and may run out of time.
        first, rest = self.options.trainers[:2], self.options.trainers[2:]
        for network, batch in cases:
            for trainer in first:
                self.case(network, batch, trainer)
        for trainer in first:
            self.kernels(*cases[-1], trainer)
        for trainer in rest:
            for network, batch in cases:
                self.case(network, batch, trainer)


def environment(options: argparse.Namespace) -> dict[str, str]:
    """With the Vulkan loader that was carried along, and a card's driver that lies there without being announced."""
    found = dict(os.environ)
    beside = Path(options.program).resolve().parent
    if any(beside.glob("libvulkan.so*")):
        found["LD_LIBRARY_PATH"] = os.pathsep.join(filter(None, [str(beside), found.get("LD_LIBRARY_PATH")]))
    announced = any(any(Path(root, "vulkan/icd.d").glob("*.json")) for root in ("/usr/share", "/etc", "/usr/local/share"))
    if announced or "VK_ICD_FILENAMES" in found or "VK_DRIVER_FILES" in found:
        return found
    try:
        ctypes.CDLL("libGLX_nvidia.so.0")
    except OSError:
        return found
    driver = {"library_path": "libGLX_nvidia.so.0", "api_version": "1.3"}
    announcement = options.out / "nvidia_icd.json"
    announcement.write_text(json.dumps({"file_format_version": "1.0.0", "ICD": driver}))
    found["VK_ICD_FILENAMES"] = str(announcement.resolve())
    return found


def words(known: list[str] | None = None):
    def split(text: str) -> list[str]:
        unknown = [word for word in text.split(",") if known and word not in known]
        if unknown:
            raise argparse.ArgumentTypeError(f"there is no {unknown[0]}; there are {', '.join(known)}")
        return text.split(",")

    return split


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", help="resnet-playground, built with --features webgpu")
    parser.add_argument("--networks", type=words(), default=["11/8", "20/16", "56/16", "110/32"], help="depths with their start filters")
    parser.add_argument("--batches", type=lambda text: [int(word) for word in text.split(",")], default=[32, 128])
    parser.add_argument("--trainers", type=words(list(TRAINERS)), default=["ours", "eager", "compiled", "eager-tf32", "graphs"])
    parser.add_argument("--device", default="gpu", help="of ours")
    parser.add_argument("--pytorch-device", default="cuda", choices=["cuda", "cpu"])
    parser.add_argument("--python", default=sys.executable, help="the Python that has PyTorch [default: this one]")
    parser.add_argument("--seconds", type=float, default=3, help="for which steps are timed in each case")
    parser.add_argument("--limit", type=float, default=90, help="seconds that a case may take, its start included")
    parser.add_argument("--total", type=float, default=560, help="seconds for all")
    parser.add_argument("--out", type=Path, default=Path("target/bench/gpu"))
    Comparison(parser.parse_args()).all()


if __name__ == "__main__":
    main()
