"""Measures a graphics card in under ten minutes: parity, and milliseconds a step of ours beside PyTorch.

python3 bench/gpu.py PROGRAM [--networks 11/8,20/16] [--batches 32,128] [--trainers ours,eager] [--out FOLDER]

PROGRAM is `resnet-playground` built with `--features webgpu`; docs/performance.md says how to carry it to a machine that has neither
registries nor a browser. Run from the root of the repository. Needs Python 3.9, and PyTorch 2 for what it is compared with. Every
case has a time limit; one that fails leaves a line that says why, and the others go on. FOLDER gets `results.jsonl`, a line for each
case as soon as it is measured, and `table.md`.
"""

import argparse
import ctypes
import json
import os
import queue
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

# First losses further apart than this, relative to the first trainer's, are another computation.
SAME_LOSS = 1e-4
REFERENCES = [f"tests/fixtures/keras_depth{depth}_filters8" for depth in (11, 20)]
HERE = Path(__file__).parent
# How each is started, after the case's folder; `ours` follows the link instead.
TRAINERS = {
    "ours": [],
    "eager": [],
    "compiled": ["--compiled", "default"],
    "graphs": ["--compiled", "reduce-overhead"],
    "eager-tf32": ["--tf32"],
}
TITLES = {
    "ours": "ours, Vulkan",
    "eager": "PyTorch, eager",
    "compiled": "PyTorch, compiled",
    "graphs": "PyTorch, compiled, CUDA graphs",
    "eager-tf32": "PyTorch, eager, TF32",
}


# A launch as CubeCL writes it down: `| 12.5µs     | name`.
LAUNCH = re.compile(r"^\| (?P<number>[0-9.]+)(?P<unit>ns|µs|ms|s) *\| (?P<name>.+)$")
MILLISECONDS = {"ns": 1e-6, "µs": 1e-3, "ms": 1.0, "s": 1e3}
# Before the one whose kernels are measured; none of them nor that one looks inside the network, which the first does.
WARM_STEPS = 4


class Failure(Exception):
    """Why a case has no numbers."""


class Process:
    """A trainer that makes a step for each line it gets, and answers in lines of JSON."""

    def __init__(self, command: list[str], deadline: float, environment: dict[str, str]):
        self.deadline = deadline
        self.complaints = tempfile.TemporaryFile("w+")
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": self.complaints}
        try:
            self.child = subprocess.Popen(command, text=True, env=environment, **pipes)
        except OSError as error:
            raise Failure(f"{command[0]} does not start: {error}") from error
        self.lines: queue.Queue = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self) -> None:
        for line in self.child.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def answer(self, key: str) -> dict:
        """The next line that has `key`; fields of the lines before it come along."""
        fields = {}
        while key not in fields:
            try:
                line = self.lines.get(timeout=max(0.0, self.deadline - time.monotonic()))
            except queue.Empty:
                raise Failure("its time was up") from None
            if line is None:
                raise Failure(self.last_words())
            if line.startswith("{"):
                fields.update(json.loads(line))
        return fields

    def step(self) -> dict:
        try:
            self.child.stdin.write("\n")
            self.child.stdin.flush()
        except OSError:
            raise Failure(self.last_words()) from None
        made = self.answer("loss")
        self.answer("ready")
        return made

    def last_words(self) -> str:
        self.child.wait()
        self.complaints.seek(0)
        return reason(self.complaints.read())

    def close(self) -> None:
        self.child.kill()
        self.child.wait()


def timed(process: Process, seconds: float) -> dict:
    """The first steps by themselves, then as many as fit into the time, at least one."""
    where = process.answer("ready")
    first = process.step()
    # The second still compiles what the first, which looks inside our network, had otherwise.
    losses, times = [first["loss"], process.step()["loss"]], []
    until = time.monotonic() + seconds
    while not times or time.monotonic() < until:
        made = process.step()
        losses.append(made["loss"])
        # Ours looks inside the network every ten steps, which no other does.
        if made.get("step", 1) % 10 != 0:
            times.append(made["ms"])
    return {
        "runs_on": where.get("runs_on") or where.get("device", ""),
        "losses": losses[:3],
        "first_step_ms": first["ms"],
        "median_ms": statistics.median(times),
        "least_ms": min(times),
        "most_ms": max(times),
        "steps": len(times),
    }


def reason(complaints: str) -> str:
    """The line of standard error that says why a program ended."""
    lines = [line.strip() for line in complaints.splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith("error")]
    return (errors or lines[-1:] or ["it ended without a word"])[0]


def run(command: list[str], limit: float, environment: dict[str, str]) -> str:
    """What a command prints."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, env=environment)
    except subprocess.TimeoutExpired:
        raise Failure("its time was up") from None
    except OSError as error:
        raise Failure(f"{command[0]} does not start: {error}") from error
    if done.returncode != 0 and not done.stdout.strip():
        raise Failure(reason(done.stderr))
    return done.stdout


def settled(log: Path) -> str:
    """A log that is written a little later than what it tells of, when nothing more comes."""
    text = None
    while text != (text := log.read_text()):
        time.sleep(1)
    return text


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
                found[name] = run(command, self.time_left(), self.environment).strip()
            except Failure as failure:
                found[name] = f"not there: {failure}"
        self.say(found)

    def parity(self) -> None:
        try:
            command = [self.options.program, "parity", *REFERENCES, "--device", self.options.device]
            for line in run(command, self.time_left(), self.environment).splitlines():
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
        script = [self.options.python, str(HERE / "pytorch.py"), str(folder), "--device", self.options.pytorch_device]
        return script + TRAINERS[trainer]

    def kernels(self, network: str, batch: int, trainer: str) -> None:
        """Time of each kernel in one step."""
        line = {"kind": "kernels", "network": network, "batch": batch, "trainer": trainer}
        try:
            command = self.command(network, batch, trainer)
            line["kernels"] = self.our_kernels(command) if trainer == "ours" else self.kernels_of_pytorch(command)
        except (Failure, json.JSONDecodeError, KeyError, IndexError) as failure:
            line["failure"] = str(failure)
        self.say(line)

    def kernels_of_pytorch(self, command: list[str]) -> list[dict]:
        printed = run([*command, "--kernels"], self.time_left(), self.environment)
        return json.loads(printed.strip().splitlines()[-1])["kernels"]

    def our_kernels(self, command: list[str]) -> list[dict]:
        """From the launches that CubeCL, which hands our kernels over, writes down while it measures them."""
        log = (self.out / "launches.log").resolve()
        log.write_text("")
        measured = {"CUBECL_DEBUG_LOG": str(log), "CUBECL_DEBUG_OPTION": "profile-medium"}
        process = Process(command, time.monotonic() + self.time_left(), {**self.environment, **measured})
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


def cell(line: dict | None, reference: float | None) -> str:
    if line is None:
        return "–"
    if "failure" in line:
        return line["failure"].replace("|", "/")
    text = f"{line['median_ms']:.2f} ({line['least_ms']:.2f}–{line['most_ms']:.2f}, {line['steps']})"
    if reference is not None and not abs(line["losses"][0] / reference - 1) <= SAME_LOSS:
        text += f" **another computation: first loss {line['losses'][0]:.5f} instead of {reference:.5f}**"
    return text


def table(lines: list[dict]) -> str:
    """What was measured so far, in Markdown."""
    text = []
    for line in (line for line in lines if line["kind"] == "machine"):
        text.append(f"{line['date']}. Card: {line['card']}. {line['cores']} cores. PyTorch {line['pytorch']}. {line['program']}.\n")
    for line in (line for line in lines if line["kind"] == "parity"):
        verdict = line.get("failure") or ("within bounds" if line.get("within_bounds") else "**outside bounds**")
        text.append(f"- Parity {line.get('case', '')}: {line.get('error', verdict)}")
    cases = [line for line in lines if line["kind"] == "case"]
    trainers = list(dict.fromkeys(line["trainer"] for line in cases))
    text.append("\nMilliseconds a step: median (least–most, steps).\n")
    text.append("| depth/filters | batch | " + " | ".join(TITLES[trainer] for trainer in trainers) + " | ours ÷ eager |")
    text.append("|---" * (len(trainers) + 3) + "|")
    for network, batch in dict.fromkeys((line["network"], line["batch"]) for line in cases):
        found = {line["trainer"]: line for line in cases if (line["network"], line["batch"]) == (network, batch)}
        reference = next((line["losses"][0] for line in found.values() if "losses" in line), None)
        cells = [cell(found.get(trainer), reference) for trainer in trainers]
        medians = [found.get(trainer, {}).get("median_ms") for trainer in ("ours", "eager")]
        ratio = f"{medians[0] / medians[1]:.2f}" if all(medians) else "–"
        text.append(f"| {network} | {batch} | " + " | ".join(cells) + f" | {ratio} |")
    where = {line["trainer"]: line["runs_on"] for line in cases if "runs_on" in line}
    text += ["", *(f"- {TITLES[trainer]} ran on: {name}." for trainer, name in where.items())]
    for line in (line for line in lines if line["kind"] == "kernels" and "kernels" in line):
        text.append(f"\nKernels of {TITLES[line['trainer']]}, {line['network']}, batch {line['batch']}, in one step:\n")
        text += ["| kernel | ms | launches |", "|---|---|---|"]
        text += [f"| `{kernel['name'][:80].replace('|', '/')}` | {kernel['ms']:.3f} | {kernel['launches']} |" for kernel in line["kernels"][:25]]
    return "\n".join(text) + "\n"


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
