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
    let _ = writeln!(std::io::stderr(), "{message}: {error:#}");
    ExitCode::from(code)
}

fn code_of(error: &Error) -> u8 {
    if error.is::<Usage>() {
        return USAGE;
    }
    error.downcast_ref::<raytruth_dataset::Error>().map_or(FAILED, raytruth_dataset::Error::exit_code)
}
