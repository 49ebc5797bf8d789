"""Trains the network of a case folder in PyTorch, one step for each line on standard input, one line of JSON for each step.

python pytorch.py CASE_FOLDER [--device cuda] [--threads 1] [--compiled default] [--tf32] [--channels-last]

The network is the code that the page exports. It starts from the weights of the case, takes its images in the same order,
and updates as Keras does, so its losses are those of all other trainers. Needs nothing but PyTorch 2.
"""

import argparse
import json
import math
import sys
import time
from pathlib import Path

import torch
from torch.nn import functional as F

# Keras' constants, which our trainer has too.
BETAS = (0.9, 0.999)
EPSILON = 1e-7
IMAGE = (32, 32, 3)


def read_safetensors(path: Path) -> dict[str, torch.Tensor]:
    """Named weights; read here, so that a machine without the package can train, too."""
    data = bytearray(path.read_bytes())
    length = int.from_bytes(data[:8], "little")
    weights = {}
    for name, entry in json.loads(data[8 : 8 + length]).items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        values = torch.frombuffer(data, dtype=torch.float32, count=(end - begin) // 4, offset=8 + length + begin)
        weights[name] = values.reshape(entry["shape"])
    return weights


def exported_network(folder: Path) -> torch.nn.Module:
    """The network of `model_pytorch.py` with the weights that all trainers start from, in training mode."""
    names = {}
    source = folder / "model_pytorch.py"
    exec(compile(source.read_text(), str(source), "exec"), names)
    model = names["ResNet"]()
    missing, unexpected = model.load_state_dict(read_safetensors(folder / "first_weights_pytorch.safetensors"), strict=False)
    missing = [name for name in missing if not name.endswith("num_batches_tracked")]
    if missing or unexpected:
        raise SystemExit(f"the weights of {folder} are not those of its network: {missing} are missing, {unexpected} too many")
    return model.train()


class Batches:
    """The case's images, normalised, batch after batch, on the CPU."""

    def __init__(self, folder: Path, case: dict):
        def read(name: str, dtype: torch.dtype) -> torch.Tensor:
            return torch.frombuffer(bytearray((folder / name).read_bytes()), dtype=dtype)

        self.size = case["batch_size"]
        self.pixels, self.labels = read("pixels.u8", torch.uint8).reshape(-1, *IMAGE), read("labels.u8", torch.uint8)
        self.order = read("order.u32", torch.int32).long()
        self.mean, self.deviation = torch.tensor(case["channel_mean"]), torch.tensor(case["channel_deviation"])

    def batch(self, step: int, layout: torch.memory_format) -> tuple[torch.Tensor, torch.Tensor]:
        """Images `[batch, 3, 32, 32]` and labels `[batch]`; begins again where the case's order ends."""
        start = step % (len(self.order) // self.size) * self.size
        places = self.order[start : start + self.size]
        images = (self.pixels[places].float() / 255 - self.mean) / self.deviation
        return images.permute(0, 3, 1, 2).contiguous(memory_format=layout), self.labels[places].long()


class Trainer:
    def __init__(self, folder: Path, options: argparse.Namespace):
        case = json.loads((folder / "case.json").read_text())
        self.device = torch.device(options.device)
        self.layout = torch.channels_last if options.channels_last else torch.contiguous_format
        self.batches = Batches(folder, case)
        model = exported_network(folder).to(self.device, memory_format=self.layout)
        # Keras' L2 on convolution kernels: weight decay without its factor 1/2.
        kernels = [weight for weight in model.parameters() if weight.dim() == 4]
        others = [weight for weight in model.parameters() if weight.dim() != 4]
        groups = [{"params": kernels, "weight_decay": 2 * case["l2"]}, {"params": others}]
        self.optimizer = torch.optim.Adam(groups, case["learning_rate"], BETAS, amsgrad=True, fused=True)
        self.loss = lambda images, labels: F.cross_entropy(model(images), labels)
        if options.compiled:
            self.loss = torch.compile(self.loss, mode=options.compiled)
        self.done = 0

    def step(self) -> dict:
        """Trains one batch; from the handing over of its images to the updated weights."""
        images, labels = self.batches.batch(self.done, self.layout)
        started = time.perf_counter()
        loss = self.loss(images.to(self.device), labels.to(self.device))
        self.optimizer.zero_grad()
        loss.backward()
        self.done += 1
        # Keras adds epsilon before the correction for the start, PyTorch behind it.
        for group in self.optimizer.param_groups:
            group["eps"] = EPSILON / math.sqrt(1 - BETAS[1] ** self.done)
        self.optimizer.step()
        value = loss.item()
        if self.device.type == "cuda":
            # The loss needs no update of the weights: wait for that, too.
            torch.cuda.synchronize()
        return {"loss": value, "ms": 1000 * (time.perf_counter() - started)}


def kernels(trainer: Trainer) -> list[dict]:
    """Each kernel of one step with its time, the longest first; on the CPU, each operation."""
    cuda = trainer.device.type == "cuda"
    activities = [torch.profiler.ProfilerActivity.CUDA if cuda else torch.profiler.ProfilerActivity.CPU]
    for _ in range(3):
        trainer.step()
    with torch.profiler.profile(activities=activities) as profile:
        trainer.step()
    found = [
        {"name": event.key, "ms": (event.self_device_time_total if cuda else event.self_cpu_time_total) / 1000, "launches": event.count}
        for event in profile.key_averages()
    ]
    return sorted((kernel for kernel in found if kernel["ms"] > 0), key=lambda kernel: -kernel["ms"])


def say(what: dict) -> None:
    print(json.dumps(what), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="what `resnet-playground bench-case write` wrote")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--threads", type=int, help="of the CPU [default: as many as cores]")
    parser.add_argument("--compiled", choices=["default", "reduce-overhead", "max-autotune"], help="torch.compile in this mode")
    parser.add_argument("--tf32", action="store_true", help="products with 10 bits of mantissa, as PyTorch's convolutions have by default")
    parser.add_argument("--channels-last", action="store_true", help="maps as [batch, height, width, channels] in memory")
    parser.add_argument("--kernels", action="store_true", help="the time of each kernel in one step, instead of steps")
    options = parser.parse_args()
    if options.device == "cuda" and not torch.cuda.is_available():
        raise SystemExit(f"PyTorch {torch.__version__} finds no CUDA device here")
    if options.threads:
        torch.set_num_threads(options.threads)
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = options.tf32
    # The shapes never change: let cuDNN try its algorithms, as ours tries its tiles.
    torch.backends.cudnn.benchmark = True
    trainer = Trainer(options.folder, options)
    if options.kernels:
        say({"kernels": kernels(trainer)})
        return
    where = torch.cuda.get_device_name() if options.device == "cuda" else f"threads: {torch.get_num_threads()}"
    ready = {"ready": True, "runs_on": f"PyTorch {torch.__version__}, {options.device}, {where}"}
    say(ready)
    for _ in sys.stdin:
        say(trainer.step())
        say(ready)


if __name__ == "__main__":
    main()
