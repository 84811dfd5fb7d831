//! What makes a scene well formed.

mod path;
mod report;
mod rules;

use std::collections::HashSet;

use crate::{Environment, FORMAT_VERSION, Power, Scene, Shape, Track};
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
        if !(1..=FORMAT_VERSION).contains(&self.format_version) {
            report.add(&root.field("format_version"), self.format_version, format_args!("must be 1 to {FORMAT_VERSION}"));
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
        self.check_power(&mut report, &root.field("environment_power"), &self.environment_power);
        let lights = root.field("lights");
        unique(&mut report, &lights, "light", self.lights.iter().map(|l| l.name.as_str()));
        for (i, light) in self.lights.iter().enumerate() {
            rules::light(&mut report, &lights.index(i), light);
            self.check_power(&mut report, &lights.index(i).field("power"), &light.power);
        }
        for (i, portal) in self.portals.iter().enumerate() {
            rules::portal(&mut report, &root.field("portals").index(i), portal);
        }
        for (name, material) in &self.materials {
            rules::material(&mut report, &root.field("materials").key(name), material);
            let power = &material.emission_power;
            self.check_power(&mut report, &root.field("materials").key(name).field("emission_power"), power);
            for (field, image) in material.maps.images() {
                if let Some(image) = image.filter(|i| !self.images.contains_key(*i)) {
                    let (all, known) = (root.field("materials"), self.images.keys());
                    report.missing(&all.key(name).field("maps").field(field), image, "images", known);
                }
            }
        }
        for (name, mesh) in &self.meshes {
            rules::mesh(&mut report, &root.field("meshes").key(name), mesh);
        }
        self.check_objects(&mut report, &root.field("objects"));
        self.check_overlays(&mut report, &root.field("overlays"));
        report.check(self.floor <= 8, &root.field("floor"), self.floor, "must be 0 to 8");
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

    /// What is told frame by frame has no more entries than the clip has frames.
    fn check_length(&self, report: &mut Report, at: &Path<'_>, count: usize) {
        let list = || format_args!("a list of {count}").to_string();
        match self.animation {
            None if count > 1 => {
                report.add(
                    at,
                    list(),
                    "needs the scene's `animation` to say how many frames there are, or it would stay the first",
                );
            }
            Some(animation) if count > animation.frames as usize => {
                report.add(at, list(), format_args!("must have at most one for each of the clip's {} frames", animation.frames));
            }
            _ => {}
        }
    }

    fn check_power(&self, report: &mut Report, at: &Path<'_>, power: &Power) {
        self.check_length(report, at, power.0.len());
        rules::first(report, at, &power.0, |p| !(0.0..=1.0).contains(p), |p| (p.to_string(), "must be 0 to 1".into()));
    }

    fn check_overlays(&self, report: &mut Report, overlays: &Path<'_>) {
        if self.overlays.len() > rules::MOST_OVERLAYS {
            let rule = format_args!("must be at most {}", rules::MOST_OVERLAYS);
            report.add(overlays, format_args!("a list of {}", self.overlays.len()), rule);
            return;
        }
        unique(report, overlays, "overlay", self.overlays.iter().map(|o| o.name.as_str()));
        for (i, overlay) in self.overlays.iter().enumerate() {
            let at = overlays.index(i);
            let id = overlay.id;
            report.check(id != 0, &at.field("id"), id, "must be 1 to 65535; 0 is the background");
            if let Some(object) = self.objects.iter().find(|o| o.id == id && id != 0) {
                report.add(&at.field("id"), id, format_args!("must be its own, but object {} has it", Quoted(&object.name)));
            } else if let Some(other) = self.overlays[..i].iter().find(|o| o.id == id && id != 0) {
                report.add(&at.field("id"), id, format_args!("must be its own, but overlay {} has it", Quoted(&other.name)));
            }
            if let Some(image) = overlay.image.as_ref().filter(|image| !self.images.contains_key(*image)) {
                report.missing(&at.field("image"), image, "images", self.images.keys());
            }
            rules::overlay(report, &at, overlay);
            self.check_power(report, &at.field("opacity"), &overlay.opacity);
        }
    }

    fn check_shape(&self, report: &mut Report, at: &Path<'_>, shape: &Shape) {
        rules::shape(report, at, shape);
        if let Shape::Mesh { mesh } = shape
            && !self.meshes.contains_key(mesh)
        {
            report.missing(&at.field("mesh"), mesh, "meshes", self.meshes.keys());
        }
    }

    fn check_objects(&self, report: &mut Report, objects: &Path<'_>) {
        unique(report, objects, "object", self.objects.iter().map(|o| o.name.as_str()));
        let parents = self.parents();
        for (i, object) in self.objects.iter().enumerate() {
            let at = objects.index(i);
            report.check(object.id != 0, &at.field("id"), object.id, "must be 1 to 65535; 0 is the background");
            let shape = at.field("shape");
            if object.shapes.is_empty() {
                report.check(
                    !object.shape.is_nothing(),
                    &shape,
                    "nothing",
                    "must be something, or `shapes` tell what it is when",
                );
            }
            self.check_shape(report, &shape, &object.shape);
            let shapes = at.field("shapes");
            self.check_length(report, &shapes, object.shapes.len());
            for (frame, shape) in object.shapes.iter().enumerate() {
                self.check_shape(report, &shapes.index(frame), shape);
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
