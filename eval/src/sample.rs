//! Reading a sample folder.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{EvalError, Frame, Truth};

/// A truth file larger than this is not one.
pub(crate) const MAX_METADATA_BYTES: u64 = 256 << 20;

/// What scoring needs of a sample folder.
pub struct Sample {
    /// The folder.
    pub dir: PathBuf,
    /// `truth` of metadata.json, checked.
    pub truth: Truth,
    /// `first_frame.png`.
    pub first_frame: Frame,
    /// `final_frame.png` where it exists: for a reported dimension, never for points.
    pub final_frame: Option<Frame>,
}

impl Sample {
    /// Reads metadata.json, `first_frame.png` and, where there is one, `final_frame.png`.
    ///
    /// # Errors
    /// What is missing or wrong, and in which file.
    pub fn open(dir: &Path) -> Result<Self, EvalError> {
        let path = dir.join("metadata.json");
        let truth = read_truth(&path)?;
        let picture = dir.join("first_frame.png");
        let first_frame = read_png(&picture)?;
        let clip = (truth.clip.width, truth.clip.height);
        if (first_frame.width, first_frame.height) != clip {
            return Err(EvalError::Picture {
                path: picture,
                reason: format!(
                    "it is {}x{}, but truth.clip in metadata.json says {}x{}",
                    first_frame.width, first_frame.height, clip.0, clip.1
                ),
            });
        }
        let last = dir.join("final_frame.png");
        let final_frame = if last.exists() { Some(read_png(&last)?) } else { None };
        Ok(Self { dir: dir.to_owned(), truth, first_frame, final_frame })
    }
}

fn read_truth(path: &Path) -> Result<Truth, EvalError> {
    let read = |source| EvalError::Read { path: path.to_owned(), source };
    let wrong = |reason: String| EvalError::Truth { path: path.to_owned(), reason };
    let size = fs::metadata(path).map_err(read)?.len();
    if size > MAX_METADATA_BYTES {
        return Err(wrong(format!("it has {size} bytes, more than {MAX_METADATA_BYTES}")));
    }
    let text = fs::read(path).map_err(read)?;
    let mut value: serde_json::Value = serde_json::from_slice(&text).map_err(|e| wrong(format!("not JSON: {e}")))?;
    let truth =
        value.get_mut("truth").map(serde_json::Value::take).ok_or_else(|| wrong("there is no `truth` in it".to_owned()))?;
    let truth: Truth = serde_json::from_value(truth).map_err(|e| wrong(format!("truth: {e}")))?;
    truth.check().map_err(wrong)?;
    Ok(truth)
}

/// An 8-bit RGB picture from a PNG.
///
/// # Errors
/// Where it cannot be read, is no PNG, or is absurdly large.
pub(crate) fn read_png(path: &Path) -> Result<Frame, EvalError> {
    let file = fs::File::open(path).map_err(|source| EvalError::Read { path: path.to_owned(), source })?;
    let wrong = |reason: String| EvalError::Picture { path: path.to_owned(), reason };
    let mut reader = image::ImageReader::with_format(std::io::BufReader::new(file), image::ImageFormat::Png);
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(8192);
    limits.max_image_height = Some(8192);
    reader.limits(limits);
    let picture = reader.decode().map_err(|e| wrong(e.to_string()))?.into_rgb8();
    Ok(Frame { width: picture.width(), height: picture.height(), rgb: picture.into_raw() })
}
