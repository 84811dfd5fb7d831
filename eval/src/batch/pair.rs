//! Which video answers which sample.
//!
//! People lay their answers out as they like: beside the samples' own tree, in one flat folder, by the id of the task. A video is paired by
//! the path of its sample below the root first, by the sample's `task_id` second, then by the name of its folder below that of its task, by
//! the bare name of its folder last; the surest name counts. What could answer two samples, or two videos of one name, is an error for
//! each of them, and never a guess.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::EvalError;
use crate::sample::MAX_METADATA_BYTES;

use super::{Job, find_samples};

/// File endings taken for videos.
const VIDEOS: [&str; 7] = ["mp4", "webm", "mkv", "mov", "avi", "m4v", "gif"];
/// Folders below the root in which videos are looked for.
const DEPTH: u32 = 6;

/// What is to be scored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// One for each sample, in the order of their folders.
    pub jobs: Vec<Job>,
    /// Videos that are not scored: they answer no sample, or one that has a surer candidate.
    pub unpaired: Vec<PathBuf>,
}

/// One job for each sample below `gt_dir`: its candidate in `videos_dir`, or without one its own `ground_truth.mp4`.
///
/// # Errors
/// If a folder cannot be read.
pub fn plan(gt_dir: &Path, videos_dir: Option<&Path>) -> Result<Plan, EvalError> {
    let samples = find_samples(gt_dir)?;
    let Some(dir) = videos_dir else {
        let jobs = samples.into_iter().map(|gt_dir| Job { video: Ok(gt_dir.join("ground_truth.mp4")), gt_dir });
        return Ok(Plan { jobs: jobs.collect(), unpaired: Vec::new() });
    };
    let mut videos: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    let read = |source| EvalError::Read { path: dir.to_owned(), source };
    walk(dir, "", DEPTH, &mut videos).map_err(read)?;
    let names: Vec<Names> = samples.iter().map(|sample| Names::of(gt_dir, sample)).collect();
    let mut claims: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (sample, own) in names.iter().enumerate() {
        for rank in 0..Names::RANKS {
            if let Some(key) = own.at(rank) {
                claims.entry(key).or_default().push((rank, sample));
            }
        }
    }
    let mut used: BTreeSet<&Path> = BTreeSet::new();
    let mut jobs = Vec::new();
    for (i, (sample, own)) in samples.iter().zip(&names).enumerate() {
        let mut video = Err("no candidate was found for this sample".to_owned());
        for rank in 0..Names::RANKS {
            let Some(key) = own.at(rank) else { continue };
            let Some(found) = videos.get(key) else { continue };
            // A better match of another sample's takes the video away from this one.
            let rival = claims[key].iter().find(|&&(r, k)| k != i && r <= rank).map(|&(_, k)| samples[k].as_path());
            used.extend(found.iter().map(PathBuf::as_path));
            video = match (found.as_slice(), rival) {
                ([only], None) => Ok(only.clone()),
                ([first, second, ..], None) => {
                    Err(format!("two candidates for this sample: {} and {}", first.display(), second.display()))
                }
                (_, Some(rival)) => Err(format!(
                    "{} could answer this sample or {}: name it by its path below the samples' folder, or by the task_id",
                    found[0].display(),
                    rival.display()
                )),
                ([], None) => continue,
            };
            break;
        }
        jobs.push(Job { video, gt_dir: sample.clone() });
    }
    let unpaired = videos.values().flatten().filter(|v| !used.contains(v.as_path())).cloned().collect();
    Ok(Plan { jobs, unpaired })
}

/// What a sample's candidate may be called, without its ending, from the surest to the least sure.
struct Names {
    /// The sample's path below the samples' root.
    path: String,
    /// `task_id` in its metadata.
    task_id: Option<String>,
    /// Name of its folder, below that of its task's.
    group: Option<String>,
    /// Name of its folder.
    folder: String,
}

impl Names {
    const RANKS: usize = 4;

    fn of(root: &Path, sample: &Path) -> Self {
        let text =
            |path: &Path| path.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/");
        let folder = sample.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let group = sample.parent().and_then(Path::file_name).map(|g| format!("{}/{folder}", g.to_string_lossy()));
        let path = sample.strip_prefix(root).map(text).unwrap_or_default();
        // A root that is a sample itself has no path below it.
        let path = if path.is_empty() { folder.clone() } else { path };
        Self { path, task_id: task_id(sample), group, folder }
    }

    fn at(&self, rank: usize) -> Option<&str> {
        match rank {
            0 => Some(&self.path),
            1 => self.task_id.as_deref(),
            2 => self.group.as_deref(),
            _ => Some(&self.folder),
        }
    }
}

fn task_id(sample: &Path) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Head {
        task_id: String,
    }
    let path = sample.join("metadata.json");
    if std::fs::metadata(&path).ok()?.len() > MAX_METADATA_BYTES {
        return None;
    }
    let text = std::fs::read(path).ok()?;
    serde_json::from_slice::<Head>(&text).ok().map(|head| head.task_id)
}

/// Every video below a folder, by its path without the ending; `X/generated.mp4` goes by `X`.
fn walk(dir: &Path, prefix: &str, depth: u32, found: &mut BTreeMap<String, Vec<PathBuf>>) -> std::io::Result<()> {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(dir)?.filter_map(|e| e.ok().map(|e| e.path())).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            if depth > 0 {
                walk(&path, &format!("{prefix}{name}/"), depth - 1, found)?;
            }
            continue;
        }
        // Not `file_stem`: it would eat what follows a dot in a task id.
        let Some((stem, _)) = name.rsplit_once('.').filter(|(_, end)| VIDEOS.contains(&end.to_lowercase().as_str())) else {
            continue;
        };
        let whole = format!("{prefix}{stem}");
        let key = whole.strip_suffix("/generated").unwrap_or(&whole).to_owned();
        found.entry(key).or_default().push(path);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Samples at paths below `gt`, each with its task id, and empty videos below `answers`.
    fn pairs(samples: &[(&str, &str)], videos: &[&str]) -> (tempfile::TempDir, Vec<Result<String, String>>, Vec<String>) {
        let dir = tempfile::tempdir().expect("a folder");
        let (gt, answers) = (dir.path().join("gt"), dir.path().join("answers"));
        for (path, id) in samples {
            fs::create_dir_all(gt.join(path)).expect("made");
            fs::write(gt.join(path).join("metadata.json"), format!("{{\"task_id\": \"{id}\"}}")).expect("written");
        }
        fs::create_dir_all(&answers).expect("made");
        for path in videos {
            let path = answers.join(path);
            fs::create_dir_all(path.parent().expect("below answers")).expect("made");
            fs::write(path, b"").expect("written");
        }
        let plan = plan(&gt, Some(&answers)).expect("planned");
        let short = |p: &PathBuf| p.strip_prefix(&answers).expect("below answers").to_string_lossy().into_owned();
        let found = plan.jobs.iter().map(|j| j.video.as_ref().map(short).map_err(Clone::clone)).collect();
        let unpaired = plan.unpaired.iter().map(short).collect();
        (dir, found, unpaired)
    }

    #[test]
    fn a_flat_name_that_two_samples_have_is_an_error_for_both() {
        let two = [("a_task/00000", "a_00000000"), ("b_task/00000", "b_00000000")];
        let (_dir, found, _) = pairs(&two, &["00000.mp4"]);
        assert!(found.iter().all(|f| f.as_ref().is_err_and(|e| e.contains("could answer this sample or"))), "{found:?}");
        let (_dir, found, _) = pairs(&two, &["a_task/00000.mp4", "b_task/00000.mp4"]);
        assert_eq!(found, [Ok("a_task/00000.mp4".into()), Ok("b_task/00000.mp4".into())]);
        let (_dir, found, _) = pairs(&two, &["a_00000000.mp4", "b_00000000/generated.webm"]);
        assert_eq!(found, [Ok("a_00000000.mp4".into()), Ok("b_00000000/generated.webm".into())]);
    }

    #[test]
    fn the_path_below_both_roots_goes_first() {
        let deep = [("In-Domain_50/T/00000", "x_00000007"), ("Out/T/00000", "x_00000007")];
        let (_dir, found, unpaired) = pairs(&deep, &["In-Domain_50/T/00000.mp4", "Out/T/00000.mp4", "stray.mp4", "notes.txt"]);
        assert_eq!(found, [Ok("In-Domain_50/T/00000.mp4".into()), Ok("Out/T/00000.mp4".into())]);
        assert_eq!(unpaired, ["stray.mp4"]);
        // Batches that begin again at 0 share their ids: then the id says nothing.
        let (_dir, found, _) = pairs(&deep, &["x_00000007.mp4"]);
        assert!(found.iter().all(Result::is_err), "{found:?}");
    }

    #[test]
    fn renamed_folders_are_found_by_either_name_and_dots_are_kept() {
        let renamed = [("t_task/t_00000002", "t_00000000"), ("t_task/v1.5_00000001", "v1.5_00000001")];
        let (_dir, found, _) = pairs(&renamed, &["t_00000002.mp4", "v1.5_00000001.mp4"]);
        assert_eq!(found, [Ok("t_00000002.mp4".into()), Ok("v1.5_00000001.mp4".into())]);
        // One folder's name is another's id: the id goes first, and nobody guesses for the other one.
        let crossed = [("t_task/t_00000000", "t_00000001"), ("t_task/t_00000001", "t_00000000")];
        let (_dir, found, _) = pairs(&crossed, &["t_00000000.mp4"]);
        assert!(found[0].is_err() && found[1] == Ok("t_00000000.mp4".into()), "{found:?}");
    }

    #[test]
    fn two_candidates_and_none_are_said() {
        let one = [("t_task/t_0", "t_0")];
        let (_dir, found, _) = pairs(&one, &["t_0.mp4", "t_0.webm"]);
        assert!(found[0].as_ref().is_err_and(|e| e.contains("two candidates")), "{found:?}");
        let (_dir, found, _) = pairs(&one, &[]);
        assert!(found[0].as_ref().is_err_and(|e| e.contains("no candidate")), "{found:?}");
    }
}
