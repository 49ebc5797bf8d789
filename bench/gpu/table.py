"""What was measured, in Markdown."""

# First losses further apart than this, relative to the first trainer's, are another computation.
SAME_LOSS = 1e-4
KERNELS_SHOWN = 25
TITLES = {
    "ours": "ours, Vulkan",
    "eager": "PyTorch, eager",
    "compiled": "PyTorch, compiled",
    "graphs": "PyTorch, compiled, CUDA graphs",
    "eager-tf32": "PyTorch, eager, TF32",
}


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
        text += [f"| `{kernel['name'][:80].replace('|', '/')}` | {kernel['ms']:.3f} | {kernel['launches']} |" for kernel in line["kernels"][:KERNELS_SHOWN]]
    return "\n".join(text) + "\n"
