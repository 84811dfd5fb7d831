use std::collections::BTreeSet;

use crate::SourceMap;

/// WGSL ready for the shader compiler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    /// The whole module.
    pub source: String,
    /// Where each of its lines came from.
    pub map: SourceMap,
}

/// Why WGSL could not be put together.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ComposeError {
    /// There is no such kernel.
    #[error("there is no kernel `{name}`")]
    UnknownKernel {
        /// What was asked for.
        name: String,
    },
    /// An import names no shared file.
    #[error("{file}.wgsl:{line}: nothing is shared under the name `{name}`")]
    UnknownImport {
        /// The file with the import.
        file: String,
        /// Counted from 1.
        line: u32,
        /// What it names.
        name: String,
    },
    /// A directive that is misspelt, lacks its name or has something after it.
    #[error("{file}.wgsl:{line}: `{text}` is not a directive; there are #import, #ifdef, #ifndef (with one name), #else, #endif")]
    BadDirective {
        /// The file.
        file: String,
        /// Counted from 1.
        line: u32,
        /// The line.
        text: String,
    },
    /// `#else` or `#endif` without a beginning, or a second `#else`.
    #[error("{file}.wgsl:{line}: `{text}` belongs to no open conditional")]
    Stray {
        /// The file.
        file: String,
        /// Counted from 1.
        line: u32,
        /// The line.
        text: String,
    },
    /// A conditional that its file never closes.
    #[error("{file}.wgsl:{line}: this conditional is never closed")]
    Unclosed {
        /// The file.
        file: String,
        /// Where it opens, counted from 1.
        line: u32,
    },
}

pub(crate) type Shared<'a> = dyn Fn(&str) -> Option<&'static str> + 'a;

pub(crate) fn compose(name: &str, text: &str, defines: &[&str], shared: &Shared<'_>) -> Result<Composed, ComposeError> {
    let mut composer = Composer {
        defines: Some(defines),
        shared,
        seen: BTreeSet::new(),
        tested: BTreeSet::new(),
        out: String::new(),
        map: SourceMap::default(),
    };
    composer.file(name, text)?;
    Ok(Composed { source: composer.out, map: composer.map })
}

pub(crate) fn defines(name: &str, text: &str, shared: &Shared<'_>) -> Result<Vec<String>, ComposeError> {
    let mut composer = Composer {
        defines: None,
        shared,
        seen: BTreeSet::new(),
        tested: BTreeSet::new(),
        out: String::new(),
        map: SourceMap::default(),
    };
    composer.file(name, text)?;
    Ok(composer.tested.into_iter().collect())
}

struct Composer<'a> {
    /// What is defined; `None` takes both branches of every conditional, to find all names tested.
    defines: Option<&'a [&'a str]>,
    shared: &'a Shared<'a>,
    seen: BTreeSet<String>,
    tested: BTreeSet<String>,
    out: String,
    map: SourceMap,
}

/// An open `#ifdef` or `#ifndef`.
struct Conditional {
    line: u32,
    holds: bool,
    in_else: bool,
}

impl Composer<'_> {
    /// Appends one file; each import is replaced by the file it names the first time, and by nothing after that.
    fn file(&mut self, name: &str, text: &str) -> Result<(), ComposeError> {
        let index = self.map.add_file(name);
        let mut open: Vec<Conditional> = Vec::new();
        for (line, raw) in (1..).zip(text.lines()) {
            let both = self.defines.is_none();
            let taken = both || open.iter().all(|c| c.holds != c.in_else);
            let Some(directive) = raw.trim().strip_prefix('#') else {
                if taken {
                    self.out.push_str(raw);
                    self.out.push('\n');
                    self.map.add_line(index, line);
                }
                continue;
            };
            let directive = directive.split("//").next().unwrap_or_default();
            let mut words = directive.split_whitespace();
            match (words.next(), words.next(), words.next()) {
                (Some("import"), Some(import), None) => {
                    if taken && self.seen.insert(import.into()) {
                        let text = (self.shared)(import).ok_or_else(|| ComposeError::UnknownImport {
                            file: name.into(),
                            line,
                            name: import.into(),
                        })?;
                        self.file(import, text)?;
                    }
                }
                (Some(word @ ("ifdef" | "ifndef")), Some(define), None) => {
                    self.tested.insert(define.into());
                    let defined = self.defines.is_some_and(|d| d.contains(&define));
                    open.push(Conditional { line, holds: defined == (word == "ifdef"), in_else: false });
                }
                (Some("else"), None, None) => match open.last_mut() {
                    Some(c) if !c.in_else => c.in_else = true,
                    _ => return Err(ComposeError::Stray { file: name.into(), line, text: raw.trim().into() }),
                },
                (Some("endif"), None, None) => {
                    open.pop().ok_or_else(|| ComposeError::Stray { file: name.into(), line, text: raw.trim().into() })?;
                }
                _ => return Err(ComposeError::BadDirective { file: name.into(), line, text: raw.trim().into() }),
            }
        }
        match open.last() {
            Some(c) => Err(ComposeError::Unclosed { file: name.into(), line: c.line }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn library(name: &str) -> Option<&'static str> {
        match name {
            "a" => Some("#import b\nconst A = B;\n"),
            "b" => Some("#import a // a circle is harmless: WGSL does not care for order\nconst B = 1u;\n"),
            "c" => Some("#ifdef DEEP\nconst C = 2u;\n#endif\n"),
            _ => None,
        }
    }

    fn source(text: &str, defines: &[&str]) -> Result<String, ComposeError> {
        compose("k", text, defines, &library).map(|c| c.source)
    }

    #[test]
    fn imports_come_once_and_depth_first() {
        let text = source("#import a\n#import b\n#import a\nfn main() {}\n", &[]).expect("composes");
        assert_eq!(text, "const B = 1u;\nconst A = B;\nfn main() {}\n");
    }

    #[test]
    fn conditionals_nest() {
        let text = "#ifdef X\n#ifndef Y\nxy_\n#else\nxy\n#endif\n#else\n#import c\nnx\n#endif\nend\n";
        assert_eq!(source(text, &[]).expect("composes"), "nx\nend\n");
        assert_eq!(source(text, &["DEEP"]).expect("composes"), "const C = 2u;\nnx\nend\n");
        assert_eq!(source(text, &["X"]).expect("composes"), "xy_\nend\n");
        assert_eq!(source(text, &["X", "Y"]).expect("composes"), "xy\nend\n");
        assert_eq!(defines("k", text, &library).expect("composes"), ["DEEP", "X", "Y"]);
    }

    #[test]
    fn lines_are_traced_back() {
        let composed = compose("k", "// head\n#import a\nlast", &[], &library).expect("composes");
        let lines: Vec<String> = (1..=4).map(|l| composed.map.locate(l).expect("exists").to_string()).collect();
        assert_eq!(lines, ["k.wgsl:1", "b.wgsl:2", "a.wgsl:2", "k.wgsl:3"]);
        assert!(composed.map.locate(0).is_none() && composed.map.locate(5).is_none(), "only lines that exist are located");
    }

    #[test]
    fn mistakes_are_named_with_their_line() {
        let message = |text: &str| source(text, &[]).expect_err("is wrong").to_string();
        assert_eq!(message("\n#import nowhere\n"), "k.wgsl:2: nothing is shared under the name `nowhere`");
        assert_eq!(message("#endif\n"), "k.wgsl:1: `#endif` belongs to no open conditional");
        assert_eq!(message("#ifdef X\n#else\n#else\n#endif"), "k.wgsl:3: `#else` belongs to no open conditional");
        assert_eq!(message("x\n#ifdef X\n"), "k.wgsl:2: this conditional is never closed");
        for bad in ["#ifdef", "#ifdef A B", "#import", "#define X", "#else X", "#"] {
            assert!(message(bad).starts_with(&format!("k.wgsl:1: `{bad}` is not a directive")), "{bad}");
        }
    }
}
