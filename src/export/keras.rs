//! Keras 3 code.

use super::CodeLines;
use super::Part;
use super::code_lines::{BLOCK, COMPILE, STAGES};
use super::writer::{Code, kernels, stage_rows, summary, switched};
use crate::spec::{Activation, BlockOrder, Named, ResNetSpec};

pub(super) fn write(spec: &ResNetSpec, part: Part, l2: f64) -> (String, CodeLines) {
    let mut code = Code::default();
    code.add(&format!("\"\"\"{}\n\nWritten by ResNet Playground for Keras 3.\n\"\"\"", summary(spec)));
    code.add("import keras\nfrom keras import layers, regularizers\n");
    code.gap();
    helpers(&mut code, spec, l2);
    block(&mut code, spec);
    stages(&mut code, spec);
    match part {
        Part::ResidualStages => code.add(&residual_example(spec)),
        Part::WholeNetwork => {
            whole(&mut code, spec);
            code.add(LOADING);
            code.add_for(&[COMPILE], COMPILING);
        }
    }
    code.finish()
}

fn helpers(code: &mut Code, spec: &ResNetSpec, l2: f64) {
    let choices = spec.choices();
    code.add(&format!(
        r#"
def convolution(x, filters, kernel_size, name, stride=1):
    # L2 keeps the kernels small; biases go free. "same" keeps the map's size, stride 2 halves it.
    return layers.Conv2D(
        filters, kernel_size, strides=stride, padding="same",
        kernel_regularizer=regularizers.l2({l2}), name=name,
    )(x)
"#
    ));
    code.gap();
    let mut lines = String::from("\ndef activated(x, name):\n");
    match (choices.batch_norm, choices.activation) {
        (true, Activation::None) => lines += "    # Batch norm over the whole batch, and no function after it: the network stays linear.\n",
        (true, _) => lines += "    # Batch norm first, so that the activation sees numbers around 0.\n",
        (false, _) => {}
    }
    if choices.batch_norm {
        lines += "    x = layers.BatchNormalization(name=name)(x)\n";
    }
    match choices.activation {
        Activation::None => lines += "    return x\n",
        function => lines += &format!("    return layers.Activation(\"{}\")(x)\n", function.name().replace('-', "_")),
    }
    code.add(&lines);
    code.gap();
}

fn block(code: &mut Code, spec: &ResNetSpec) {
    let choices = spec.choices();
    let (list, count) = (kernels(spec), choices.convolutions_per_block);
    let pre_activation = choices.order == BlockOrder::PreActivation;
    let arguments =
        if spec.has_any_skip_connection() { "x, inner, filters, stride, skip, name" } else { "x, inner, filters, stride, name" };
    let first = if pre_activation { ", first_activated" } else { "" };
    let before = code.count();
    code.add(&format!("\ndef residual_block({arguments}{first}):"));
    code.add_if(spec.has_any_skip_connection(), "    # x + F(x): the block adds what its convolutions learned to what it received.");
    code.add("    shortcut = x");
    code.add(&format!("    for place, kernel_size in enumerate([{list}], start=1):"));
    let stride = "stride if place == 1 else 1";
    let filters = format!("filters if place == {count} else inner");
    let convolution = format!("        x = convolution(x, {filters}, kernel_size, f\"{{name}}_conv{{place}}\", {stride})");
    if pre_activation {
        code.add("        # Pre-activation: batch norm and activation come before the convolution.");
        code.add("        # The very first block does without: the stem has just done both.");
        code.add_for(
            &["block.bn", "block.activation"],
            "        if place > 1 or first_activated:\n            x = activated(x, f\"{name}_bn{place}\")",
        );
        code.add_if(
            choices.shared_preactivation,
            "        if place == 1:\n            # The projection reads the activated input, as in the paper's code.\n            activated_input = x",
        );
        code.add_for(&["block.conv"], &convolution);
    } else {
        code.add_for(&["block.conv"], &convolution);
        let norm = if choices.batch_norm { "layers.BatchNormalization(name=f\"{name}_bn{place}\")(x)" } else { "x" };
        code.add_for(
            &["block.bn", "block.activation"],
            &format!("        if place < {count}:\n            x = activated(x, f\"{{name}}_bn{{place}}\")"),
        );
        code.add("        else:\n            # The last activation waits for the sum.");
        code.add_for(&[&format!("block.bn{count}")], &format!("            x = {norm}"));
    }
    if spec.has_any_skip_connection() {
        code.add("    if skip:");
        let before = code.count();
        code.add("        if stride != 1 or shortcut.shape[-1] != filters:\n            # The shape changes, so a 1x1 convolution brings the input to it.");
        let reads = if choices.shared_preactivation { "activated_input" } else { "shortcut" };
        code.add(&format!("            shortcut = convolution({reads}, filters, 1, f\"{{name}}_shortcut\", stride)"));
        code.mark("block.shortcut", before);
        code.add_for(&["block.add"], "        x = layers.Add()([shortcut, x])");
    }
    match (pre_activation, choices.activation) {
        (false, Activation::None) | (true, _) => code.add("    return x"),
        (false, function) => code.add_for(
            &[&format!("block.activation{count}")],
            &format!("    return layers.Activation(\"{}\")(x)", function.name().replace('-', "_")),
        ),
    }
    code.mark(BLOCK, before);
    code.gap();
}

fn stages(code: &mut Code, spec: &ResNetSpec) {
    let choices = spec.choices();
    let stages = stage_rows(spec);
    let before = code.count();
    code.add(&format!("\ndef residual_stages(x):\n    # {}", stages.meaning));
    code.add(&format!("    for stage, ({}) in enumerate([{}]):", stages.names, stages.rows));
    code.add(&format!("        for block in range({}):", stages.blocks));
    code.add("            # Every stage but the first halves the map in its first block.");
    code.add("            stride = 2 if stage > 0 and block == 0 else 1");
    let mut arguments = String::from("x, inner, filters, stride, ");
    if spec.has_any_skip_connection() {
        if choices.switched_blocks.is_empty() {
            arguments += "True, ";
        } else {
            let word = if choices.skip_connections { "not in" } else { "in" };
            code.add(&format!("            skip = (stage, block) {word} [{}]", switched(spec, ", ")));
            arguments += "skip, ";
        }
    }
    arguments += "f\"stages_{stage}_blocks_{block}\"";
    if choices.order == BlockOrder::PreActivation {
        arguments += ", first_activated=(stage, block) != (0, 0)";
    }
    code.add(&format!("            x = residual_block({arguments})\n    return x"));
    code.mark(STAGES, before);
    code.gap();
}

fn whole(code: &mut Code, spec: &ResNetSpec) {
    let choices = spec.choices();
    let (edge, channels) = (choices.image_edge, choices.image_channels);
    code.add("\ndef build_resnet_model():");
    code.add_for(&["image"], &format!("    inputs = keras.Input(({edge}, {edge}, {channels}))"));
    code.add("    # Stem: a first look at the image.");
    code.add_for(&["stem.conv"], &format!("    x = convolution(inputs, {}, 3, \"stem_conv\")", choices.start_filters));
    code.add_for(&["stem.bn", "stem.activation"], "    x = activated(x, \"stem_bn\")");
    if choices.stem_dropout > 0.0 {
        code.add_for(&["stem.dropout"], &format!("    x = layers.Dropout({})(x)", choices.stem_dropout));
    }
    code.add("    x = residual_stages(x)");
    code.add("    # Head: from maps to class scores.");
    if choices.order == BlockOrder::PreActivation {
        code.add_for(&["head.bn", "head.activation"], "    x = activated(x, \"head_bn\")");
    }
    code.add_for(&["head.pool"], &format!("    x = layers.AveragePooling2D({})(x)", spec.pool_window()));
    code.add_for(&["head.flatten"], "    x = layers.Flatten()(x)");
    if choices.dense_units > 0 {
        let function = match choices.activation {
            Activation::None => "None".into(),
            function => format!("\"{}\"", function.name().replace('-', "_")),
        };
        let dense = format!("    x = layers.Dense({}, activation={function}, name=\"head_dense1\")(x)", choices.dense_units);
        code.add_for(&["head.dense1"], &dense);
        if spec.dense_batch_norm() {
            code.add_for(&["head.dense_bn"], "    x = layers.BatchNormalization(name=\"head_dense_bn\")(x)");
        }
    }
    if choices.head_dropout > 0.0 {
        code.add_for(&["head.dropout"], &format!("    x = layers.Dropout({})(x)", choices.head_dropout));
    }
    let scores = format!("    outputs = layers.Dense({}, activation=\"softmax\", name=\"head_dense2\")(x)", choices.classes);
    code.add_for(&["head.dense2"], &scores);
    code.add("    return keras.Model(inputs, outputs)");
    code.gap();
}

fn residual_example(spec: &ResNetSpec) -> String {
    let (edge, channels) = (spec.choices().image_edge, spec.choices().start_filters);
    format!(
        "\n# Append them to a network of yours, for example to one that gives {edge}x{edge} maps of {channels} channels:\ninputs = keras.Input(({edge}, {edge}, {channels}))\nmodel = keras.Model(inputs, residual_stages(inputs))"
    )
}

const LOADING: &str = r#"
def load_weights(model, path):
    """Loads weights saved by ResNet Playground in Keras layout."""
    from safetensors.numpy import load_file

    tensors = load_file(path)
    for layer in model.layers:
        # The file says stages.0.blocks.1.conv2.kernel; a layer's name has _ for each dot.
        ours = {name.rsplit(".", 1)[1]: value for name, value in tensors.items() if name.rsplit(".", 1)[0].replace(".", "_") == layer.name}
        order = ["kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance"]
        if ours:
            layer.set_weights([ours[part] for part in order if part in ours])


model = build_resnet_model()
# load_weights(model, "weights.safetensors")
"#;

const COMPILING: &str = r#"
# model.compile(keras.optimizers.Adam(0.003, amsgrad=True), "categorical_crossentropy", metrics=["accuracy"])
"#;
