//! A network on the command line: every option of the spec by its name, a preset, a link of the page.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use resnet_playground::experiment::command_line;
use resnet_playground::spec::{Named, OPTIONS, OptionKind, Preset, ResNetSpec};

/// The words as they were given: the later of two counts.
pub struct NetworkWords(Vec<String>);

const LINK: &str = "link";
const PRESET: &str = "preset";

impl NetworkWords {
    pub fn spec(self) -> Result<ResNetSpec, String> {
        let (spec, left_over) = command_line::network(&self.0)?;
        left_over.first().map_or(Ok(spec), |word| Err(format!("{word} is no option of a network")))
    }
}

impl Args for NetworkWords {
    fn augment_args(command: Command) -> Command {
        let presets = Preset::ALL.iter().map(|preset| preset.name()).collect::<Vec<_>>().join(", ");
        let command = command
            .arg(Arg::new(LINK).value_name("LINK").action(ArgAction::Append).help("A link of the page"))
            .arg(Arg::new(PRESET).long(PRESET).value_name("NAME").action(ArgAction::Append).help(presets));
        OPTIONS.iter().fold(command, |command, option| {
            let value = match option.kind() {
                OptionKind::Count(_) => "N",
                OptionKind::Share => "SHARE",
                OptionKind::Switch => "on|off",
                OptionKind::Word(_) => "NAME",
                OptionKind::Blocks => "BLOCKS",
                OptionKind::CountOfEachStage => "N-N-…",
            };
            let arg = Arg::new(option.option).long(option.option).value_name(value).action(ArgAction::Append);
            let arg = if option.key == option.option { arg } else { arg.alias(option.key) };
            let command = command.arg(arg.help(format!("{} ({})", option.help.trim_end_matches('.'), option.wanted())));
            if option.kind() != OptionKind::Switch {
                return command;
            }
            let no = format!("no-{}", option.option);
            command.arg(
                Arg::new(&no)
                    .long(&no)
                    .alias(format!("no-{}", option.key))
                    .num_args(0)
                    .default_missing_value("")
                    .action(ArgAction::Append)
                    .hide(true),
            )
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for NetworkWords {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut words: Vec<(usize, String)> = Vec::new();
        let mut take = |id: &str, word: &dyn Fn(&str) -> String| {
            let places = matches.indices_of(id).into_iter().flatten();
            let values = matches.get_many::<String>(id).into_iter().flatten();
            words.extend(places.zip(values).map(|(place, value)| (place, word(value))));
        };
        take(LINK, &str::to_owned);
        for name in OPTIONS.iter().map(|option| option.option).chain([PRESET]) {
            take(name, &|value| format!("--{name}={value}"));
        }
        for option in OPTIONS.iter().filter(|option| option.kind() == OptionKind::Switch) {
            let no = format!("no-{}", option.option);
            take(&no, &|_| format!("--{no}"));
        }
        words.sort();
        Ok(Self(words.into_iter().map(|(_, word)| word).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        Self::from_arg_matches(matches).map(|words| *self = words)
    }
}
