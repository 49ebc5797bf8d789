"""Runs exported Keras and PyTorch code on exported weights and compares probabilities: check.py FOLDER..."""

import json
import os
import pathlib
import sys

os.environ["KERAS_BACKEND"] = "jax"
import numpy
import torch

BOUND = 1e-4


def run(path):
    """The names that a file of code defines."""
    names = {}
    exec(compile(path.read_text(), str(path), "exec"), names)
    return names


def keras_probabilities(folder, images):
    import keras

    keras.backend.clear_session()
    names = run(folder / "model_keras.py")
    names["load_weights"](names["model"], str(folder / "weights-keras.safetensors"))
    probabilities = numpy.asarray(names["model"](images, training=False))
    count = names["model"].count_params()
    keras.backend.clear_session()
    stages = run(folder / "stages_keras.py")["model"]
    return probabilities, count, stages.count_params(), list(stages.output_shape[1:])


def torch_probabilities(folder, images):
    def count(model):
        state = model.state_dict()
        return sum(value.numel() for name, value in state.items() if not name.endswith("num_batches_tracked"))

    names = run(folder / "model_pytorch.py")
    model = names["model"]
    names["load_weights"](model, str(folder / "weights-pytorch.safetensors"))
    model.eval()
    with torch.no_grad():
        probabilities = torch.softmax(model(torch.from_numpy(images).permute(0, 3, 1, 2)), 1).numpy()
        stages = run(folder / "stages_pytorch.py")["model"].eval()
        height, width, channels = case["residual_input"]
        output = stages(torch.zeros(1, channels, height, width))
    batch, channels, height, width = output.shape
    return probabilities, count(model), count(stages), [height, width, channels]


failed = False
for folder in map(pathlib.Path, sys.argv[1:]):
    case = json.loads((folder / "case.json").read_text())
    images = numpy.array(case["pixels"], numpy.float32).reshape(case["images"])
    wanted = numpy.array(case["probabilities"], numpy.float32).reshape(len(images), -1)
    for library, compute in [("keras", keras_probabilities), ("pytorch", torch_probabilities)]:
        probabilities, parameters, residual, output = compute(folder, images)
        error = float(numpy.abs(probabilities - wanted).max())
        spread = float(wanted.max() - wanted.min())
        good = (
            error < BOUND
            and parameters == case["parameters"]
            and residual == case["residual_parameters"]
            and output == case["residual_output"]
        )
        failed |= not good
        print(json.dumps({
            "case": folder.name, "library": library, "worst_probability_error": error, "probability_spread": spread,
            "parameters": parameters, "residual_parameters": residual, "ok": bool(good),
        }), flush=True)
sys.exit(failed)
