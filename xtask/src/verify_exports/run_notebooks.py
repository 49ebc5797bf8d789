"""Runs notebooks without the network: run_notebooks.py FOLDER_OF_IMAGES FOLDER_OF_NOTEBOOKS

Each runs twice: beside its weights and the images that its run was measured on, where it must measure the same, and beside
neither, where it must say so and run to its end."""

import json
import os
import pathlib
import re
import shutil
import sys
import tempfile

import nbclient
import nbformat
import numpy
from matplotlib.image import imread

# Whatever is fetched fails at once; nothing is drawn on a screen; no data set of an earlier day is found.
NOWHERE = "http://127.0.0.1:9"
os.environ.update(http_proxy=NOWHERE, https_proxy=NOWHERE, MPLBACKEND="Agg", KERAS_BACKEND="jax", KERAS_HOME=tempfile.mkdtemp())


def arrays(images):
    """The images of a data set of the page, as a notebook reads them."""
    manifest = json.loads((images / "manifest.json").read_text())
    found = {}
    for part in ["train", "test"]:
        shards = [(imread(images / shard["file"])[..., :3], shard["labels"]) for shard in manifest[part]]
        pixels = numpy.concatenate([numpy.rint(pixels * 255).astype("uint8").reshape(-1, 32, 32, 3) for pixels, _ in shards])
        found[f"x_{part}"], found[f"y_{part}"] = pixels, numpy.array([label for _, labels in shards for label in labels])
    return found


def run(path, folder):
    """What each code cell printed, by the cell's id, and what the run had measured last."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    nbclient.NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(folder)}}).execute()

    def printed(cell):
        return "".join(output.get("text", "") for output in cell.outputs if output.output_type == "stream" and output.name == "stdout")

    said = {cell.id: printed(cell) for cell in notebook.cells if cell.cell_type == "code"}
    kinds = {output.output_type for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs}
    assert "error" not in kinds, kinds
    curve = next(cell.source for cell in notebook.cells if cell.id == "curve")
    names = {}
    exec(curve, names)
    return said, names["held_out"][-1]


images, folder = map(pathlib.Path, sys.argv[1:])
failed = False
for path in sorted(folder.glob("run-*.ipynb")):
    with tempfile.TemporaryDirectory() as whole, tempfile.TemporaryDirectory() as bare:
        for weights in folder.glob("weights-*.safetensors"):
            shutil.copy(weights, whole)
        numpy.savez(pathlib.Path(whole) / "cifar10.npz", **arrays(images))
        said, (step, loss, accuracy) = run(path, whole)
        evaluation = said["evaluation"]
        right, count, measured = re.search(r"(\d+) of (\d+) test images are right .* mean loss ([\d.]+)", evaluation).groups()
        right, count, measured = int(right), int(count), float(measured)
        same = abs(right / count - accuracy) < 1e-6 and abs(measured - loss) < 1e-3
        said_alone, _ = run(path, bare)
        honest = "random images" in said_alone["evaluation"] and "learnt nothing" in said_alone["evaluation"] and "is not here" in said_alone["weights"]
        quiet = "nothing" not in evaluation
        good = same and honest and quiet
        failed |= not good
        print(json.dumps({
            "notebook": path.name, "after_steps": step, "run_accuracy": accuracy, "run_loss": loss, "notebook_right": right,
            "notebook_images": count, "notebook_loss": measured, "alone": said_alone["images"].splitlines()[0], "ok": good,
        }), flush=True)
sys.exit(failed)
