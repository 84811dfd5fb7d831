use std::fmt;

/// Where each line of composed WGSL came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    files: Vec<String>,
    /// File index and 1-based line of each composed line.
    lines: Vec<(u32, u32)>,
}

/// A line of one of the WGSL files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location<'a> {
    /// File name without the folder, e.g. `bsdf.wgsl`.
    pub file: &'a str,
    /// Counted from 1.
    pub line: u32,
}

impl fmt::Display for Location<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

impl SourceMap {
    /// Where line `line` (counted from 1, as naga does) of the composed source came from.
    #[must_use]
    pub fn locate(&self, line: u32) -> Option<Location<'_>> {
        let &(file, line) = self.lines.get((line as usize).checked_sub(1)?)?;
        Some(Location { file: &self.files[file as usize], line })
    }

    /// The files that went in, in the order they were first met; the kernel is the first.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(String::as_str)
    }

    pub(crate) fn add_file(&mut self, name: &str) -> u32 {
        self.files.push(format!("{name}.wgsl"));
        u32::try_from(self.files.len() - 1).expect("fewer than 2^32 files")
    }

    pub(crate) fn add_line(&mut self, file: u32, line: u32) {
        self.lines.push((file, line));
    }
}
