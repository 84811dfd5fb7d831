//! Is a sample already there?

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Component, Path};

use raytruth_task::{SampleSeed, Split, TaskInfo};
use sha2::{Digest, Sha256};

use crate::metadata::{Metadata, VERSION, is_missing};
use crate::param_hash::hex;
use crate::settings::Settings;
use crate::{draw, param_hash};

/// What stands at a sample's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing.
    Absent,
    /// The sample that is asked for, whole.
    Whole,
    /// Something else; why it has to be made anew.
    Stale(String),
    /// A sample of another part of a dataset; which.
    OtherPart(&'static str),
}

/// The files every sample has; the last four only with a video.
pub(crate) const FILES: [&str; 6] =
    ["prompt.txt", "first_frame.png", "final_frame.png", "first_video.mp4", "last_video.mp4", "ground_truth.mp4"];

/// How many of [`FILES`] a sample without video has.
pub(crate) const STILL_FILES: usize = 2;

/// Looks at `place`: metadata must parse, name the same generator version, seed and settings, and every file match its hash.
pub(crate) fn standing(place: &Path, settings: &Settings, info: &TaskInfo, index: u64) -> Standing {
    if std::fs::symlink_metadata(place).is_err() {
        return Standing::Absent;
    }
    match Metadata::read(place).map(|metadata| metadata.split) {
        Ok(split) if split != settings.split => return Standing::OtherPart(split.map_or("none", Split::name)),
        _ => {}
    }
    match check(place, settings, info, index) {
        Ok(()) => Standing::Whole,
        Err(why) => Standing::Stale(why),
    }
}

fn check(place: &Path, settings: &Settings, info: &TaskInfo, index: u64) -> Result<(), String> {
    let metadata =
        Metadata::read(place).map_err(|e| if is_missing(&e) { "it has no metadata.json".into() } else { e.to_string() })?;
    let differs = |what: &str, theirs: String, ours: String| Err(format!("its {what} is {theirs}, not {ours}"));
    let generation = &metadata.generation;
    let asked = settings.recipe(settings.difficulty_of(info, index));
    let task_id = draw::task_id(info.domain, index);
    let seed = SampleSeed::new(settings.run_seed(), info.domain, index).to_string();
    if metadata.task_id != task_id {
        return differs("task_id", metadata.task_id, task_id);
    }
    if generation.version != VERSION {
        return differs("generator version", generation.version.clone(), VERSION.into());
    }
    if generation.seed != settings.seed {
        return differs("seed", generation.seed.to_string(), settings.seed.to_string());
    }
    if metadata.sample_seed != seed {
        return differs("sample_seed", metadata.sample_seed, seed);
    }
    if !generation.settings.satisfies(&asked) {
        return Err(format!("it was made with {}", generation.settings.difference(&asked)));
    }
    if metadata.param_hash != param_hash(&metadata.parameters) {
        return Err("its param_hash is not that of its parameters".into());
    }
    let wanted = if generation.settings.video { FILES.len() } else { STILL_FILES };
    for name in &FILES[..wanted] {
        if !metadata.files.contains_key(*name) {
            return Err(format!("its metadata names no {name}"));
        }
    }
    for (name, expected) in &metadata.files {
        // A hand-made name must not lead out of the sample.
        if !Path::new(name).components().all(|c| matches!(c, Component::Normal(_))) {
            return Err(format!("its metadata names the file `{name}`"));
        }
        match sha256_of(&place.join(name)) {
            Ok(found) if found == *expected => {}
            Ok(_) => return Err(format!("{name} is not what its metadata says (SHA-256)")),
            Err(e) => return Err(format!("{name} cannot be read: {e}")),
        }
    }
    Ok(())
}

/// Lower-case hex digest of a file.
pub(crate) fn sha256_of(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex(&hasher.finalize())),
            n => hasher.update(&buffer[..n]),
        }
    }
}
