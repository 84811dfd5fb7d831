//! The rules for each kind of thing.

use std::f32::consts::{FRAC_PI_2, PI};

use glam::{Vec2, Vec3};

use super::{Path, Report};
use crate::{Camera, Environment, Light, LightShape, MarkForm, Material, Mesh, Overlay, Portal, Pose, Shape};

/// Positions, metres: f32 resolves 6 cm that far out.
const FAR: f32 = 1e6;
/// Sizes, metres.
const SMALL: f32 = 1e-6;
/// Radiance, so that sums of products stay finite.
const BRIGHT: f32 = 1e9;
/// Points of a tube.
const MOST_POINTS: usize = 20_000;
/// Cross-sections from one of them to the next.
const MOST_RINGS: u32 = 256;
/// Overlays of a scene, which are drawn before its first frame.
pub(super) const MOST_OVERLAYS: usize = 1000;
/// Marks of an overlay, and corners of a polygon.
const MOST_MARKS: usize = 1000;
/// How far a unit vector or quaternion may be from unit length.
const UNIT: f32 = 1e-3;

fn is_unit(v: Vec3) -> bool {
    (v.length() - 1.0).abs() <= UNIT
}

fn unit(report: &mut Report, at: &Path<'_>, value: Vec3) {
    report.check(is_unit(value), at, value, "must have length 1 (within 0.001)");
}

fn size(report: &mut Report, at: &Path<'_>, value: f32) {
    report.within(at, value, SMALL, FAR, " m");
}

fn color(report: &mut Report, at: &Path<'_>, value: Vec3) {
    report.within3(at, value, 0.0, 1.0, "");
}

fn radiance(report: &mut Report, at: &Path<'_>, value: Vec3) {
    report.within3(at, value, 0.0, BRIGHT, "");
}

pub(super) fn pose(report: &mut Report, at: &Path<'_>, pose: &Pose) {
    report.within3(&at.field("translation"), pose.translation, -FAR, FAR, " m");
    let holds = (pose.rotation.length() - 1.0).abs() <= UNIT;
    report.check(holds, &at.field("rotation"), pose.rotation, "must be a unit quaternion [x, y, z, w] (length 1 within 0.001)");
}

pub(super) fn camera(report: &mut Report, at: &Path<'_>, camera: &Camera) {
    pose(report, &at.field("pose"), &camera.pose);
    let fov = camera.fov_y;
    report.check(fov > 0.0 && fov < PI, &at.field("fov_y"), fov, "must lie between 0 and π radians, both excluded");
    report.within(&at.field("aperture"), camera.aperture, 0.0, FAR, " m");
    size(report, &at.field("focus_distance"), camera.focus_distance);
    report.within(&at.field("shutter"), camera.shutter, 0.0, 1.0, "");
}

pub(super) fn environment(report: &mut Report, at: &Path<'_>, environment: &Environment) {
    match environment {
        Environment::Uniform { radiance: value } => radiance(report, &at.field("radiance"), *value),
        Environment::Gradient { zenith, horizon, ground, sun } => {
            radiance(report, &at.field("zenith"), *zenith);
            radiance(report, &at.field("horizon"), *horizon);
            radiance(report, &at.field("ground"), *ground);
            if let Some(sun) = sun {
                let at = at.field("sun");
                unit(report, &at.field("direction"), sun.direction);
                radiance(report, &at.field("irradiance"), sun.irradiance);
                report.within(&at.field("angular_radius"), sun.angular_radius, 1e-4, FRAC_PI_2, " rad");
            }
        }
        Environment::Image { image: _, strength, rotation } => {
            report.within(&at.field("strength"), *strength, 0.0, BRIGHT, "");
            report.within(&at.field("rotation"), *rotation, -FAR, FAR, " rad");
        }
    }
}

pub(super) fn portal(report: &mut Report, at: &Path<'_>, portal: &Portal) {
    report.within2(&at.field("size"), portal.size, SMALL, FAR, " m");
    pose(report, &at.field("pose"), &portal.pose);
}

pub(super) fn light(report: &mut Report, at: &Path<'_>, light: &Light) {
    let shape = at.field("shape");
    match light.shape {
        LightShape::Rect { size } => report.within2(&shape.field("size"), size, SMALL, FAR, " m"),
        LightShape::Disk { radius } | LightShape::Sphere { radius } => size(report, &shape.field("radius"), radius),
        LightShape::Spot { radius, inner_angle, outer_angle } => {
            size(report, &shape.field("radius"), radius);
            report.within(&shape.field("outer_angle"), outer_angle, SMALL, PI, " rad");
            report.within(&shape.field("inner_angle"), inner_angle, 0.0, outer_angle, " rad, that of the outer angle");
        }
    }
    pose(report, &at.field("pose"), &light.pose);
    radiance(report, &at.field("radiance"), light.radiance);
}

pub(super) fn material(report: &mut Report, at: &Path<'_>, material: &Material) {
    color(report, &at.field("base_color"), material.base_color);
    report.within(&at.field("metallic"), material.metallic, 0.0, 1.0, "");
    report.within(&at.field("roughness"), material.roughness, 0.0, 1.0, "");
    report.within(&at.field("ior"), material.ior, 1.0, 10.0, "");
    report.within(&at.field("specular"), material.specular, 0.0, 1.0, "");
    report.within(&at.field("dispersion"), material.dispersion, 0.0, 10.0, "");
    report.within(&at.field("transmission"), material.transmission, 0.0, 1.0, "");
    report.within(&at.field("coat"), material.coat, 0.0, 1.0, "");
    report.within(&at.field("coat_roughness"), material.coat_roughness, 0.0, 1.0, "");
    radiance(report, &at.field("emission"), material.emission);
    report.within(&at.field("opacity"), material.opacity, 0.0, 1.0, "");
    if let Some(cutout) = material.cutout {
        report.within(&at.field("cutout"), cutout, 0.0, 1.0, "");
    }
    if let Some(absorption) = &material.absorption {
        let at = at.field("absorption");
        report.within3(&at.field("color"), absorption.color, 1e-6, 1.0, "");
        size(report, &at.field("distance"), absorption.distance);
    }
    report.within(&at.field("maps").field("normal_scale"), material.maps.normal_scale, -100.0, 100.0, "");
    if let Some(texture) = &material.texture {
        let at = at.field("texture");
        color(report, &at.field("color"), texture.color);
        size(report, &at.field("scale"), texture.scale);
        report.within(&at.field("strength"), texture.strength, 0.0, 1.0, "");
    }
}

pub(super) fn shape(report: &mut Report, at: &Path<'_>, shape: &Shape) {
    match shape {
        Shape::Nothing | Shape::Mesh { .. } => {}
        Shape::Sphere { radius } => size(report, &at.field("radius"), *radius),
        Shape::Box { half_extents, bevel } => {
            report.within3(&at.field("half_extents"), *half_extents, SMALL, FAR, " m");
            let most = half_extents.min_element();
            report.check((0.0..=most).contains(bevel), &at.field("bevel"), bevel, "must be 0 up to the smallest half extent");
        }
        Shape::Plane { size } => report.within2(&at.field("size"), *size, SMALL, FAR, " m"),
        Shape::Cylinder { radius, half_height, bevel } => {
            size(report, &at.field("radius"), *radius);
            size(report, &at.field("half_height"), *half_height);
            let most = radius.min(*half_height);
            report.check(
                (0.0..=most).contains(bevel),
                &at.field("bevel"),
                bevel,
                "must be 0 up to the smaller of radius and half_height",
            );
        }
        Shape::Capsule { radius, half_height } => {
            size(report, &at.field("radius"), *radius);
            report.within(&at.field("half_height"), *half_height, 0.0, FAR, " m");
        }
        Shape::Tube { radius, points, closed, colors, rings } => {
            size(report, &at.field("radius"), *radius);
            tube_points(report, &at.field("points"), points, *closed);
            if !colors.is_empty() && colors.len() != points.len() {
                let rule = format_args!("must have one for each of the {} points, or be absent", points.len());
                report.add(&at.field("colors"), format_args!("a list of {}", colors.len()), rule);
            }
            let no_share = |c: &Vec3| !c.to_array().iter().all(|v| (0.0..=1.0).contains(v));
            first(report, &at.field("colors"), colors, no_share, |c| (c.to_string(), "each must be 0 to 1".into()));
            if let Some(rings) = rings {
                report.check(
                    (1..=MOST_RINGS).contains(rings),
                    &at.field("rings"),
                    rings,
                    format_args!("must be 1 to {MOST_RINGS}"),
                );
            }
        }
    }
}

pub(super) fn overlay(report: &mut Report, at: &Path<'_>, overlay: &Overlay) {
    // In shorter sides of the picture; how long its other side is, is not known here.
    const REACH: f32 = 16.0;
    let place = |report: &mut Report, at: &Path<'_>, p: Vec2| report.within2(at, p, -REACH, REACH, " shorter sides");
    place(report, &at.field("center"), overlay.center);
    report.within2(&at.field("size"), overlay.size, 1e-3, REACH, " shorter sides");
    if overlay.marks.len() > MOST_MARKS {
        let list = format_args!("a list of {}", overlay.marks.len());
        report.add(&at.field("marks"), list, format_args!("must be at most {MOST_MARKS}"));
    }
    for (i, mark) in overlay.marks.iter().take(MOST_MARKS).enumerate() {
        let marks = at.field("marks");
        let at = marks.index(i);
        color(report, &at.field("color"), mark.color);
        report.within(&at.field("opacity"), mark.opacity, 0.0, 1.0, "");
        let form = at.field("form");
        let length = |report: &mut Report, field, value| report.within(&form.field(field), value, 1e-4, REACH, " shorter sides");
        match &mark.form {
            MarkForm::Line { from, to, width } => {
                place(report, &form.field("from"), *from);
                place(report, &form.field("to"), *to);
                length(report, "width", *width);
            }
            MarkForm::Disc { center, radius } => {
                place(report, &form.field("center"), *center);
                length(report, "radius", *radius);
            }
            MarkForm::Arrow { from, to, width, head } => {
                place(report, &form.field("from"), *from);
                place(report, &form.field("to"), *to);
                length(report, "width", *width);
                length(report, "head", *head);
            }
            MarkForm::Polygon { points } => {
                let list = format_args!("{} point(s)", points.len());
                let holds = (3..=MOST_MARKS).contains(&points.len());
                report.check(holds, &form.field("points"), list, format_args!("must be 3 to {MOST_MARKS}"));
                for (i, p) in points.iter().take(MOST_MARKS).enumerate() {
                    place(report, &form.field("points").index(i), *p);
                }
            }
        }
    }
}

fn tube_points(report: &mut Report, at: &Path<'_>, points: &[Vec3], closed: bool) {
    let least = if closed { 3 } else { 2 };
    if points.len() > MOST_POINTS {
        report.add(at, format_args!("{} points", points.len()), format_args!("must be at most {MOST_POINTS}"));
        return;
    }
    if points.len() < least {
        let kind = if closed { "a closed tube" } else { "a tube" };
        report.add(at, format_args!("{} point(s)", points.len()), format_args!("must be at least {least} for {kind}"));
    }
    for (i, &p) in points.iter().enumerate() {
        report.within3(&at.index(i), p, -FAR, FAR, " m");
        let next = points.get(i + 1).or(if closed { points.first() } else { None });
        if next.is_some_and(|q| p.distance(*q) < SMALL) {
            report.add(&at.index(i), p, "must be at least 0.000001 m from the next point");
        }
    }
}

/// A mesh can have millions of vertices: of each kind of fault the first is shown, with the number of all.
pub(super) fn mesh(report: &mut Report, at: &Path<'_>, mesh: &Mesh) {
    let count = mesh.positions.len();
    report.check(!mesh.triangles.is_empty(), &at.field("triangles"), "[]", "must have at least one triangle");
    let out_of_range = |t: &[u32; 3]| t.iter().any(|&i| i as usize >= count);
    first(report, &at.field("triangles"), &mesh.triangles, out_of_range, |t| {
        (format!("{t:?}"), format!("must index the {count} positions (0 to {})", count.saturating_sub(1)))
    });
    let far = |p: &Vec3| !(p.abs().max_element() <= FAR && p.is_finite());
    first(report, &at.field("positions"), &mesh.positions, far, |p| (p.to_string(), format!("each must be {} to {FAR} m", -FAR)));
    for (name, length) in [("normals", mesh.normals.len()), ("texcoords", mesh.texcoords.len()), ("colors", mesh.colors.len())] {
        if length != 0 && length != count {
            let rule = format_args!("must have one for each of the {count} positions, or be absent");
            report.add(&at.field(name), format_args!("a list of {length}"), rule);
        }
    }
    let far = |p: &Vec2| !(p.abs().max_element() <= FAR && p.is_finite());
    first(report, &at.field("texcoords"), &mesh.texcoords, far, |p| (p.to_string(), format!("each must be {} to {FAR}", -FAR)));
    let no_share = |c: &Vec3| !c.to_array().iter().all(|v| (0.0..=1.0).contains(v));
    first(report, &at.field("colors"), &mesh.colors, no_share, |c| (c.to_string(), "each must be 0 to 1".into()));
    let not_unit = |n: &Vec3| !is_unit(*n);
    first(report, &at.field("normals"), &mesh.normals, not_unit, |n| (n.to_string(), "must have length 1 (within 0.001)".into()));
}

pub(super) fn first<T>(
    report: &mut Report,
    at: &Path<'_>,
    items: &[T],
    wrong: impl Fn(&T) -> bool,
    say: impl Fn(&T) -> (String, String),
) {
    let Some(i) = items.iter().position(&wrong) else { return };
    let (value, rule) = say(&items[i]);
    let more = items[i + 1..].iter().filter(|item| wrong(item)).count();
    let more = if more > 0 { format!(" ({more} more like it)") } else { String::new() };
    report.add(&at.index(i), value, format_args!("{rule}{more}"));
}
