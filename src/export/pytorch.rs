//! PyTorch code.

use super::CodeLines;
use super::Part;
use super::writer::{Code, StageRows, kernels, stage_rows, summary, switched};
use crate::spec::{Activation, BlockOrder, ResNetSpec};

pub(super) fn write(spec: &ResNetSpec, part: Part, l2: f64) -> (String, CodeLines) {
    let mut code = Code::default();
    code.add(&format!("\"\"\"{}\n\nWritten by ResNet Playground for PyTorch 2.\n\"\"\"", summary(spec)));
    code.add("import torch\nfrom torch import nn\nfrom torch.nn import functional as F\n");
    code.gap();
    helpers(&mut code, spec);
    block(&mut code, spec);
    stages(&mut code, spec);
    match part {
        Part::ResidualStages => code.add(&format!(
            "\n# Append them to a network of yours that gives maps of {} channels.\nmodel = residual_stages()",
            spec.start_filters()
        )),
        Part::WholeNetwork => {
            whole(&mut code, spec);
            code.add(LOADING);
            code.add(&format!(
                r#"
def l2_penalty(model):
    """Add this to the loss: Keras' l2({l2}) on the convolution kernels, without the factor 1/2 of weight_decay."""
    return {l2} * sum(module.weight.square().sum() for module in model.modules() if isinstance(module, nn.Conv2d))
"#
            ));
        }
    }
    code.finish()
}

/// The activation as an expression of `x`, with Keras' constants.
fn activation(function: Activation) -> &'static str {
    match function {
        Activation::Relu => "F.relu(x)",
        Activation::LeakyRelu => "F.leaky_relu(x, 0.2)",
        Activation::Elu => "F.elu(x)",
        Activation::Selu => "F.selu(x)",
        Activation::Gelu => "F.gelu(x)",
        Activation::Silu => "F.silu(x)",
        Activation::Tanh => "torch.tanh(x)",
        Activation::Sigmoid => "torch.sigmoid(x)",
        Activation::Softplus => "F.softplus(x)",
        Activation::None => "x",
    }
}

fn helpers(code: &mut Code, spec: &ResNetSpec) {
    let choices = spec.choices();
    code.add(&format!("\ndef activation(x):\n    return {}", activation(choices.activation)));
    code.gap();
    code.add_if(
        choices.batch_norm,
        "\ndef batch_norm(channels, dimensions=2):\n    # Keras' epsilon and momentum; PyTorch's momentum counts the other way round.\n    kind = nn.BatchNorm2d if dimensions == 2 else nn.BatchNorm1d\n    return kind(channels, eps=1e-3, momentum=0.01)\n",
    );
    code.add(
        r#"
class Convolution(nn.Conv2d):
    """Convolution with Keras' "same" padding: an odd margin goes to the bottom and right."""

    def forward(self, x):
        margin = max(self.kernel_size[0] - self.stride[0], 0)
        before, after = margin // 2, margin - margin // 2
        if before == after:
            return F.conv2d(x, self.weight, self.bias, self.stride, before)
        return super().forward(F.pad(x, (before, after, before, after)))
"#,
    );
    code.gap();
}

fn block(code: &mut Code, spec: &ResNetSpec) {
    let choices = spec.choices();
    let (list, count) = (kernels(spec), choices.convolutions_per_block);
    let pre_activation = choices.order == BlockOrder::PreActivation;
    code.add("\nclass Block(nn.Module):");
    code.add_if(
        spec.has_any_skip_connection(),
        "    \"\"\"x + F(x): the block adds what its convolutions learned to what it received.\"\"\"\n",
    );
    code.add("    def __init__(self, channels, inner, filters, stride, skip, first_activated):\n        super().__init__()");
    code.add("        self.skip, self.first_activated = skip, first_activated");
    code.add(&format!("        widths = [channels] + [inner] * {} + [filters]", count - 1));
    code.add(&format!("        for place, kernel_size in enumerate([{list}], start=1):"));
    code.add("            before, after = widths[place - 1], widths[place]");
    if choices.batch_norm {
        if pre_activation {
            code.add("            # Pre-activation: batch norm and activation come before the convolution.");
            code.add("            # The very first block does without: the stem has just done both.");
            code.add("            if place > 1 or first_activated:\n                self.add_module(f\"bn{place}\", batch_norm(before))");
        } else {
            code.add("            self.add_module(f\"bn{place}\", batch_norm(after))");
        }
    }
    code.add("            step = stride if place == 1 else 1\n            self.add_module(f\"conv{place}\", Convolution(before, after, kernel_size, step))");
    code.add("        # Where the shape changes, a 1x1 convolution brings the input to it.");
    code.add("        changes = stride != 1 or channels != filters");
    code.add("        self.shortcut = Convolution(channels, filters, 1, stride) if skip and changes else None\n");
    code.gap();
    code.add("    def forward(self, x):\n        shortcut = x");
    let norm =
        |argument: &str| if choices.batch_norm { format!("getattr(self, f\"bn{{place}}\")({argument})") } else { argument.to_owned() };
    code.add(&format!("        for place in range(1, {}):", count + 1));
    let convolution = "getattr(self, f\"conv{place}\")(x)";
    if pre_activation {
        code.add(&format!("            if place > 1 or self.first_activated:\n                x = activation({})", norm("x")));
        code.add_if(
            choices.shared_preactivation,
            "            if place == 1 and self.shortcut is not None:\n                # The projection reads the activated input, as in the paper's code.\n                shortcut = x",
        );
        code.add(&format!("            x = {convolution}"));
    } else {
        code.add(&format!("            x = {}", norm(convolution)));
        code.add(&format!("            if place < {count}:  # the last activation waits for the sum\n                x = activation(x)"));
    }
    code.add("        if self.skip:\n            x = x + (shortcut if self.shortcut is None else self.shortcut(shortcut))");
    code.add(if pre_activation { "        return x" } else { "        return activation(x)" });
    code.gap();
}

fn stages(code: &mut Code, spec: &ResNetSpec) {
    let choices = spec.choices();
    let StageRows { meaning, names, rows, blocks } = stage_rows(spec);
    let skip = match (choices.skip_connections, choices.switched_blocks.is_empty()) {
        (on, true) => if on { "True" } else { "False" }.to_owned(),
        (true, false) => format!("(index, block) not in [{}]", switched(spec, ", ")),
        (false, false) => format!("(index, block) in [{}]", switched(spec, ", ")),
    };
    code.add(
        "\nclass Stage(nn.Module):\n    def __init__(self, blocks):\n        super().__init__()\n        self.blocks = nn.Sequential(*blocks)\n\n    def forward(self, x):\n        return self.blocks(x)\n",
    );
    code.gap();
    code.add(&format!(
        r#"
def residual_stages():
    stages, channels = [], {}
    # {meaning}
    for index, ({names}) in enumerate([{rows}]):
        blocks = []
        for block in range({blocks}):
            # Every stage but the first halves the map in its first block.
            stride = 2 if index > 0 and block == 0 else 1
            skip = {skip}
            blocks.append(Block(channels, inner, filters, stride, skip, first_activated=(index, block) != (0, 0)))
            channels = filters
        stages.append(Stage(blocks))
    return nn.Sequential(*stages)
"#,
        choices.start_filters
    ));
    code.gap();
}

fn whole(code: &mut Code, spec: &ResNetSpec) {
    let choices = spec.choices();
    let pre_activation = choices.order == BlockOrder::PreActivation;
    let (pooled, units, classes) = (spec.pooled_units(), choices.dense_units, choices.classes);
    code.add("\nclass Stem(nn.Module):\n    \"\"\"A first look at the image.\"\"\"\n\n    def __init__(self):\n        super().__init__()");
    code.add(&format!("        self.conv = Convolution({}, {}, 3)", choices.image_channels, choices.start_filters));
    code.add_if(choices.batch_norm, &format!("        self.bn = batch_norm({})", choices.start_filters));
    code.add("\n    def forward(self, x):");
    code.add(if choices.batch_norm { "        x = activation(self.bn(self.conv(x)))" } else { "        x = activation(self.conv(x))" });
    code.add(&format!("        return F.dropout(x, {}, self.training)\n", choices.stem_dropout));
    code.gap();
    code.add("\nclass Head(nn.Module):\n    \"\"\"From maps to class scores; softmax is left to the loss.\"\"\"\n\n    def __init__(self):\n        super().__init__()");
    code.add_if(choices.batch_norm && pre_activation, &format!("        self.bn = batch_norm({})", spec.final_channels()));
    code.add_if(units > 0, &format!("        self.dense1 = nn.Linear({pooled}, {units})"));
    code.add_if(spec.dense_batch_norm(), &format!("        self.dense_bn = batch_norm({units}, dimensions=1)"));
    code.add(&format!("        self.dense2 = nn.Linear({}, {classes})", if units > 0 { units } else { pooled }));
    code.add("\n    def forward(self, x):");
    if pre_activation {
        code.add(if choices.batch_norm { "        x = activation(self.bn(x))" } else { "        x = activation(x)" });
    }
    code.add(&format!("        x = F.avg_pool2d(x, {})", spec.pool_window()));
    code.add("        # Channels last, as Keras flattens.\n        x = x.permute(0, 2, 3, 1).flatten(1)");
    code.add_if(units > 0, "        x = activation(self.dense1(x))");
    code.add_if(spec.dense_batch_norm(), "        x = self.dense_bn(x)");
    code.add(&format!("        return self.dense2(F.dropout(x, {}, self.training))\n", choices.head_dropout));
    code.gap();
    code.add(
        r#"
class ResNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem, self.stages, self.head = Stem(), residual_stages(), Head()
        # Keras' first weights.
        for module in self.modules():
            if isinstance(module, (nn.Conv2d, nn.Linear)):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def forward(self, images):
        """Images [batch, channels, height, width] to logits [batch, classes]."""
        return self.head(self.stages(self.stem(images)))
"#,
    );
    code.gap();
}

const LOADING: &str = r#"
def load_weights(model, path):
    """Loads weights saved by ResNet Playground in PyTorch layout."""
    from safetensors.torch import load_file

    missing, unexpected = model.load_state_dict(load_file(path), strict=False)
    # Batch norm counts batches only for itself; the file has no need of that.
    missing = [name for name in missing if not name.endswith("num_batches_tracked")]
    assert not missing and not unexpected, (missing, unexpected)


model = ResNet()
# load_weights(model, "weights.safetensors"); model.eval()
# optimizer = torch.optim.Adam(model.parameters(), 0.003, amsgrad=True)
"#;
