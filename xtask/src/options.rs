//! Command-line flags: taken one by one by the command that knows them; what is left over is an error.

use anyhow::{Context, Result, bail};

pub struct Options {
    command: String,
    rest: Vec<String>,
}

impl Options {
    pub fn new(command: &str, arguments: impl Iterator<Item = String>) -> Self {
        Self { command: command.to_owned(), rest: arguments.collect() }
    }

    pub fn asks_for_help(&self) -> bool {
        self.rest.iter().any(|argument| argument == "--help" || argument == "-h")
    }

    /// Takes `--flag`, and says whether it was there.
    pub fn flag(&mut self, name: &str) -> bool {
        let before = self.rest.len();
        self.rest.retain(|argument| argument != name);
        self.rest.len() < before
    }

    /// Takes `--name VALUE` or `--name=VALUE`.
    pub fn value(&mut self, name: &str) -> Result<Option<String>> {
        let prefix = format!("{name}=");
        let Some(at) = self.rest.iter().position(|argument| argument == name || argument.starts_with(&prefix)) else {
            return Ok(None);
        };
        let argument = self.rest.remove(at);
        if let Some(value) = argument.strip_prefix(&prefix) {
            return Ok(Some(value.to_owned()));
        }
        if at < self.rest.len() {
            return Ok(Some(self.rest.remove(at)));
        }
        Err(anyhow::anyhow!("`{name}` needs a value")).context(self.hint())
    }

    /// Everything that no one took, for a program that reads it itself.
    pub fn into_words(self) -> Vec<String> {
        self.rest
    }

    /// Refuses whatever no one took.
    pub fn finish(self) -> Result<()> {
        match self.rest.first() {
            None => Ok(()),
            Some(unknown) => bail!("{}: `{unknown}` is not one of its flags", self.hint()),
        }
    }

    fn hint(&self) -> String {
        format!("`cargo xtask {}` (see `cargo xtask help`)", self.command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(arguments: &[&str]) -> Options {
        Options::new("serve", arguments.iter().map(|argument| (*argument).to_owned()))
    }

    #[test]
    fn both_spellings_of_a_value_are_read() {
        for arguments in [&["--port", "80"][..], &["--port=80"]] {
            let mut options = options(arguments);
            assert_eq!(options.value("--port").unwrap().as_deref(), Some("80"), "{arguments:?}");
            assert!(options.finish().is_ok(), "nothing is left of {arguments:?}");
        }
    }

    #[test]
    fn an_unknown_flag_is_refused_by_name() {
        let mut options = options(&["--full", "--fast"]);
        assert!(options.flag("--full"));
        let error = options.finish().unwrap_err().to_string();
        assert!(error.contains("`--fast`"), "{error}");
    }

    #[test]
    fn a_flag_without_its_value_is_refused() {
        let error = options(&["--port"]).value("--port").unwrap_err();
        assert!(format!("{error:#}").contains("needs a value"), "{error:#}");
    }
}
