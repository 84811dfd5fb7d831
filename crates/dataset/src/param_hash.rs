//! `param_hash`: how existing tools recognise equal parameters.
//!
//! The first 16 hex digits of SHA-256 over the parameters as Python prints them with
//! `json.dumps(p, sort_keys=True, ensure_ascii=False)`, floats through `round(x, 6)` and `repr`. Existing consumers recompute it
//! in Python, so every byte of the canonical form has to agree.

use std::fmt::Write as _;

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// A top-level key that contains one of these, in any case, says where or by which seed a sample was made, not what it is.
const LEFT_OUT: [&str; 15] = [
    "temp_path",
    "temp_dir",
    "temp_file",
    "video_temp_path",
    "image_temp_path",
    "cache_path",
    "cache_dir",
    "_cache",
    "_internal",
    "_temp",
    "_tmp",
    "seed",
    "random_seed",
    "tmp",
    "tmpdir",
];

/// 16 hex digits that name the parameters.
#[must_use]
pub fn param_hash(parameters: &Map<String, Value>) -> String {
    let mut hash = hex(&Sha256::digest(canonical(parameters).as_bytes()));
    hash.truncate(16);
    hash
}

/// The text that is hashed.
#[must_use]
pub fn canonical(parameters: &Map<String, Value>) -> String {
    let kept = parameters.iter().filter(|(key, value)| {
        let key = key.to_lowercase();
        !value.is_null() && !LEFT_OUT.iter().any(|part| key.contains(part))
    });
    let mut out = String::new();
    write_object(&mut out, kept);
    out
}

/// Lower-case hex.
#[must_use]
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}

fn write_object<'a>(out: &mut String, members: impl Iterator<Item = (&'a String, &'a Value)>) {
    // Python sorts by code point, and so does the byte order of UTF-8.
    let mut members: Vec<_> = members.collect();
    members.sort_by(|a, b| a.0.cmp(b.0));
    out.push('{');
    for (i, (key, value)) in members.into_iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        write_string(out, key);
        out.push_str(": ");
        write_value(out, value);
    }
    out.push('}');
}

fn write_value(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
        Value::Number(n) => match n.as_f64().filter(|_| n.is_f64()) {
            Some(x) => out.push_str(&python_repr(python_round6(x))),
            None => {
                let _ = write!(out, "{n}");
            }
        },
        Value::String(s) => write_string(out, s),
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                write_value(out, item);
            }
            out.push(']');
        }
        Value::Object(members) => write_object(out, members.iter()),
    }
}

/// JSON string with the escapes of Python's `ensure_ascii=False`: the short ones, and `\u00xx` for other control characters.
fn write_string(out: &mut String, s: &str) {
    out.push('"');
    for c in s.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Python's `round(x, 6)`: the exact binary value to six decimals, ties to even, and back.
fn python_round6(x: f64) -> f64 {
    format!("{x:.6}").parse().unwrap_or(x)
}

/// Python's `repr(float)`: the shortest digits that read back, with an exponent below 1e-4 and from 1e16.
fn python_repr(x: f64) -> String {
    let scientific = format!("{x:e}");
    let Some((mantissa, exponent)) = scientific.split_once('e') else {
        return scientific;
    };
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..16).contains(&exponent) || x == 0.0 {
        let plain = format!("{x}");
        return if plain.contains('.') { plain } else { plain + ".0" };
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_print_as_in_python() {
        for (x, text) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (1.5e300, "1.5e+300"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (123.25, "123.25"),
        ] {
            assert_eq!(python_repr(x), text);
        }
    }

    #[test]
    fn rounding_is_that_of_the_exact_binary_value() {
        // 1/128 and 3/128 are exact ties at the sixth decimal: Python rounds them to even.
        assert_eq!(python_round6(0.0078125), 0.007812);
        assert_eq!(python_round6(0.0234375), 0.023438);
        // As doubles, 1.0000005 lies a little above the tie and 1.0000015 a little below it.
        assert_eq!(python_round6(1.0000005), 1.000001);
        assert_eq!(python_round6(1.0000015), 1.000001);
        assert_eq!(python_round6(1e22), 1e22);
        assert!(python_round6(-1e-7).is_sign_negative(), "Python keeps the sign of zero");
    }
}
