//! Controls that the renderer made, as the sample lists them.

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use crate::EvalError;

use super::{CONTROLS_JSON, ControlCard};

/// A list longer than this is none.
const MAX_BYTES: u64 = 1 << 20;

/// What the sample lists; `None` if nothing was rendered for it.
pub(super) fn listed(sample: &Path) -> Result<Option<Vec<ControlCard>>, EvalError> {
    let path = sample.join(CONTROLS_JSON);
    let size = match fs::metadata(&path) {
        Ok(found) => found.len(),
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(EvalError::Read { path, source }),
    };
    if size > MAX_BYTES {
        return Err(EvalError::Refused(format!("{}: {size} bytes are no list of controls", path.display())));
    }
    let text = fs::read(&path).map_err(|source| EvalError::Read { path: path.clone(), source })?;
    let cards = serde_json::from_slice(&text).map_err(|e| EvalError::Refused(format!("{}: {e}", path.display())))?;
    Ok(Some(cards))
}

/// The video of a card: below the sample's `extras`.
pub(super) fn path_of(sample: &Path, card: &ControlCard) -> Result<PathBuf, EvalError> {
    let mut path = sample.join(CONTROLS_JSON);
    path.pop();
    let mut depth = 1;
    for part in Path::new(&card.file).components() {
        match part {
            Component::Normal(name) => {
                path.push(name);
                depth += 1;
            }
            Component::ParentDir if depth > 0 => {
                path.pop();
                depth -= 1;
            }
            // A hand-made list must not lead out of the sample.
            _ => return Err(EvalError::Refused(format!("{CONTROLS_JSON}: `{}` is no file of the sample's extras", card.file))),
        }
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::super::Kind;
    use super::*;

    #[test]
    fn a_list_names_videos_below_extras_and_nothing_else() {
        let of = |file: &str| {
            let card =
                ControlCard { name: "c".into(), kind: Kind::Wrong, bound: None, summary: String::new(), file: file.into() };
            path_of(Path::new("s"), &card).map_err(|e| e.to_string())
        };
        assert_eq!(of("glide.mp4"), Ok("s/extras/controls/glide.mp4".into()));
        assert_eq!(of("../twins/glide/ground_truth.mp4"), Ok("s/extras/twins/glide/ground_truth.mp4".into()));
        for leads_out in ["../../ground_truth.mp4", "/etc/passwd", "../../../x.mp4"] {
            assert!(of(leads_out).is_err_and(|e| e.contains(leads_out)), "{leads_out}");
        }
    }
}
