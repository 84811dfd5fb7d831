//! How the program ends: 0 done, 1 failed, 2 wrong usage, 75 try again later.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Error, Result};

/// What was asked for is done.
pub(crate) const DONE: u8 = 0;
/// It could not be done.
pub(crate) const FAILED: u8 = 1;
/// It cannot be done by anyone: wrong arguments.
pub(crate) const USAGE: u8 = 2;
/// Stopped, or somebody else is at it: the same command later goes on (`EX_TEMPFAIL` of sysexits.h).
pub(crate) const TRY_AGAIN: u8 = 75;

/// Wrong arguments that clap cannot see.
#[derive(Debug)]
pub(crate) struct Usage(pub(crate) String);

impl std::fmt::Display for Usage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

/// Prints what went wrong, on one line of stderr, and chooses the code.
pub(crate) fn exit_code(result: Result<ExitCode>) -> ExitCode {
    let error = match result {
        Ok(code) => return code,
        Err(error) => error,
    };
    let code = code_of(&error);
    let message = if code == TRY_AGAIN { "stopped" } else { "error" };
    // Like clap's own, and still there when stderr is closed.
    let _ = writeln!(std::io::stderr(), "{message}: {}", one_message(&error));
    ExitCode::from(code)
}

/// The error and its causes, each said once: many errors quote their cause already.
fn one_message(error: &Error) -> String {
    error.chain().fold(String::new(), |text, cause| {
        let cause = cause.to_string();
        match text.as_str() {
            "" => cause,
            said if said.contains(&cause) => text,
            _ => format!("{text}: {cause}"),
        }
    })
}

fn code_of(error: &Error) -> u8 {
    if error.is::<Usage>() {
        return USAGE;
    }
    error.downcast_ref::<raytruth_dataset::Error>().map_or(FAILED, raytruth_dataset::Error::exit_code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context as _;

    #[test]
    fn causes_are_said_once() {
        let io = std::io::Error::other("the disk is on fire");
        let quoting = Error::new(raytruth_dataset::Error::Device(format!("cannot open: {io}")));
        assert_eq!(one_message(&quoting), "cannot open: the disk is on fire");
        let plain = Err::<(), _>(io).context("cannot write a.png").expect_err("an error");
        assert_eq!(one_message(&plain), "cannot write a.png: the disk is on fire");
    }
}
