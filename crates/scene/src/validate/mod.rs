//! What makes a scene well formed.

mod path;
mod report;
mod rules;

use std::collections::HashSet;

use crate::{Environment, FORMAT_VERSION, Scene, Shape, Track};
use path::Path;
use report::Report;
pub use report::{Invalid, Violation};

impl Scene {
    /// Checks every rule of the format: finite numbers, unit quaternions (within 1e-3), sizes, ranges, unique names, references that
    /// lead somewhere, no cycle of parents.
    ///
    /// # Errors
    /// [`Invalid`] lists everything that is wrong, each with its field, value and rule.
    pub fn validate(&self) -> Result<(), Invalid> {
        let mut report = Report::default();
        let root = Path::Root;
        if self.format_version != FORMAT_VERSION {
            report.add(&root.field("format_version"), self.format_version, format_args!("must be {FORMAT_VERSION}"));
        }
        if let Some(animation) = self.animation {
            let at = root.field("animation");
            report.check(animation.frames >= 1, &at.field("frames"), animation.frames, "must be at least 1");
            report.check(animation.fps >= 1, &at.field("fps"), animation.fps, "must be at least 1");
        }
        let camera = root.field("camera");
        rules::camera(&mut report, &camera, &self.camera);
        self.check_track(&mut report, &camera.field("track"), self.camera.track.as_ref());
        rules::environment(&mut report, &root.field("environment"), &self.environment);
        for (name, image) in &self.images {
            let at = root.field("images");
            report.check(image.is_loaded(), &at.key(name), "a file's name", "must have pixels: its file has not been read");
        }
        if let Environment::Image { image, .. } = &self.environment
            && !self.images.contains_key(image)
        {
            report.missing(&root.field("environment").field("image"), image, "images", self.images.keys());
        }
        let lights = root.field("lights");
        unique(&mut report, &lights, "light", self.lights.iter().map(|l| l.name.as_str()));
        for (i, light) in self.lights.iter().enumerate() {
            rules::light(&mut report, &lights.index(i), light);
        }
        for (name, material) in &self.materials {
            rules::material(&mut report, &root.field("materials").key(name), material);
        }
        for (name, mesh) in &self.meshes {
            rules::mesh(&mut report, &root.field("meshes").key(name), mesh);
        }
        self.check_objects(&mut report, &root.field("objects"));
        report.finish()
    }

    /// A track has at least one pose, each is well formed, and there is time for them.
    fn check_track(&self, report: &mut Report, at: &Path<'_>, track: Option<&Track>) {
        let Some(track) = track else { return };
        let at = at.field("poses");
        report.check(!track.poses.is_empty(), &at, "[]", "must have at least one pose");
        if self.animation.is_none() && track.poses.len() > 1 {
            let count = format_args!("a list of {}", track.poses.len()).to_string();
            report.add(&at, count, "needs the scene's `animation` to say how many frames there are, or it would stand still");
        }
        for (i, pose) in track.poses.iter().enumerate() {
            rules::pose(report, &at.index(i), pose);
        }
    }

    fn check_objects(&self, report: &mut Report, objects: &Path<'_>) {
        unique(report, objects, "object", self.objects.iter().map(|o| o.name.as_str()));
        let parents = self.parents();
        for (i, object) in self.objects.iter().enumerate() {
            let at = objects.index(i);
            report.check(object.id != 0, &at.field("id"), object.id, "must be 1 to 65535; 0 is the background");
            rules::shape(report, &at.field("shape"), &object.shape);
            if let Shape::Mesh { mesh } = &object.shape
                && !self.meshes.contains_key(mesh)
            {
                report.missing(&at.field("shape").field("mesh"), mesh, "meshes", self.meshes.keys());
            }
            if !self.materials.contains_key(&object.material) {
                report.missing(&at.field("material"), &object.material, "materials", self.materials.keys());
            }
            rules::pose(report, &at.field("pose"), &object.pose);
            self.check_track(report, &at.field("track"), object.track.as_ref());
            let Some(parent) = &object.parent else { continue };
            if parents[i].is_none() {
                report.missing(&at.field("parent"), parent, "objects", self.objects.iter().map(|o| &o.name));
            } else if on_cycle(&parents, i) {
                report.add(&at.field("parent"), Quoted(parent), "must not lead back to the object itself");
            }
        }
    }
}

/// Names are there, and no two the same.
fn unique<'a>(report: &mut Report, list: &Path<'_>, kind: &str, names: impl Iterator<Item = &'a str>) {
    let mut seen = HashSet::new();
    for (i, name) in names.enumerate() {
        let at = list.index(i);
        if name.is_empty() {
            report.add(&at.field("name"), Quoted(name), "must not be empty");
        } else if !seen.insert(name) {
            report.add(&at.field("name"), Quoted(name), format_args!("must be unique, but an earlier {kind} has it"));
        }
    }
}

fn on_cycle(parents: &[Option<usize>], start: usize) -> bool {
    let mut at = start;
    for _ in 0..parents.len() {
        match parents[at] {
            Some(parent) if parent == start => return true,
            Some(parent) => at = parent,
            None => return false,
        }
    }
    // It leads into a cycle that it is not part of, whose members are reported.
    false
}

/// A string from the file, in quotes and with control characters escaped, cut where it is very long.
struct Quoted<'a>(&'a str);

impl std::fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0.char_indices().nth(60) {
            Some((end, _)) => write!(f, "{:?}…", &self.0[..end]),
            None => write!(f, "{:?}", self.0),
        }
    }
}

#[cfg(test)]
mod tests;
