//! JSON for people and machines: outer levels on lines of their own, inner ones (poses, outlines) on one line.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

/// Levels that are broken into lines.
const OPEN_LEVELS: usize = 3;

/// UTF-8, with a line feed at the end.
pub(crate) fn to_readable(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut out = Vec::new();
    let formatter = Readable { depth: 0, pretty: PrettyFormatter::new(), compact: CompactFormatter };
    value.serialize(&mut Serializer::with_formatter(&mut out, formatter))?;
    out.push(b'\n');
    Ok(out)
}

struct Readable {
    depth: usize,
    pretty: PrettyFormatter<'static>,
    compact: CompactFormatter,
}

/// Passes a call on to the formatter of the level it belongs to.
macro_rules! at_level {
    ($self:ident, $call:ident($($arg:expr),*)) => {
        if $self.depth <= OPEN_LEVELS { $self.pretty.$call($($arg),*) } else { $self.compact.$call($($arg),*) }
    };
}

impl Formatter for Readable {
    fn begin_array<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        self.depth += 1;
        at_level!(self, begin_array(w))
    }

    fn end_array<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        let result = at_level!(self, end_array(w));
        self.depth -= 1;
        result
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, w: &mut W, first: bool) -> io::Result<()> {
        at_level!(self, begin_array_value(w, first))
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        at_level!(self, end_array_value(w))
    }

    fn begin_object<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        self.depth += 1;
        at_level!(self, begin_object(w))
    }

    fn end_object<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        let result = at_level!(self, end_object(w));
        self.depth -= 1;
        result
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, w: &mut W, first: bool) -> io::Result<()> {
        at_level!(self, begin_object_key(w, first))
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        at_level!(self, begin_object_value(w))
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        at_level!(self, end_object_value(w))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn reads_back_and_keeps_inner_levels_on_a_line() {
        let value = json!({"a": {"b": {"c": {"d": [1, 2.5]}}, "e": []}, "f": [[[[1, 2]]]]});
        let text = String::from_utf8(to_readable(&value).expect("serialise")).expect("UTF-8");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).expect("parse"), value);
        assert!(text.contains(r#""c": {"d":[1,2.5]}"#), "{text}");
    }
}
