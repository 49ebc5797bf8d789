"""Programs that are asked and waited for, each with its time limit."""

import json
import queue
import statistics
import subprocess
import tempfile
import threading
import time


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
