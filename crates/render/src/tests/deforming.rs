//! Ids, coordinates and flow of what changes its shape, against its triangles in `f64`.

use glam::{DVec2, DVec3, Vec2};
use raytruth_scene::{Camera, Form, Forms, Scene};

use super::changing::{FRAMES, everything, walking};
use super::motion::DPose;
use super::{proof, renderer};
use crate::{Pass, Passes, RenderSettings};

const SIZE: (u32, u32) = (48, 30);
const SIGN: u16 = 99;

/// A point of an object, told by its surface: a triangle with two weights, or a place on a ball of radius 1.
#[derive(Clone, Copy, Debug)]
enum Spot {
    Triangle(usize, DVec2),
    Ball(DVec3),
}

/// Where a spot is on a form, in the object's own frame.
fn place(form: &Form, spot: Spot) -> DVec3 {
    match (form, spot) {
        (Form::Sphere { radius }, Spot::Ball(unit)) => unit * f64::from(*radius),
        (Form::Mesh(mesh), Spot::Triangle(t, w)) => {
            let [a, b, c] = mesh.triangles[t].map(|i| mesh.positions[i as usize].as_dvec3());
            a + w.x * (b - a) + w.y * (c - a)
        }
        _ => panic!("{spot:?} is not on such a form"),
    }
}

/// The nearest thing along a ray: its distance, its object, and where on it.
fn hit(forms: &[(Form, DPose)], origin: DVec3, direction: DVec3) -> Option<(f64, usize, Spot)> {
    let mut best: Option<(f64, usize, Spot)> = None;
    for (object, (form, pose)) in forms.iter().enumerate() {
        let (o, d) = (pose.undo(origin), pose.rotation.inverse() * direction);
        let mut take = |t: f64, spot: Spot| {
            if t > 0.0 && best.is_none_or(|b| t < b.0) {
                best = Some((t, object, spot));
            }
        };
        match form {
            Form::Nothing => {}
            Form::Sphere { radius } => {
                let r = f64::from(*radius);
                let (b, c) = (o.dot(d), o.length_squared() - r * r);
                let disc = b * b - c;
                if disc > 0.0 {
                    let near = -b - disc.sqrt();
                    let t = if near > 0.0 { near } else { -b + disc.sqrt() };
                    take(t, Spot::Ball((o + t * d) / r));
                }
            }
            Form::Mesh(mesh) => {
                let bounds = mesh.aabb();
                let (middle, reach) = (bounds.center().as_dvec3(), 0.5 * f64::from(bounds.size().length()));
                if (middle - o - (middle - o).dot(d) * d).length() > reach + 1e-6 {
                    continue;
                }
                for (i, t) in mesh.triangles.iter().enumerate() {
                    let [a, b, c] = t.map(|i| mesh.positions[i as usize].as_dvec3());
                    let (e1, e2) = (b - a, c - a);
                    let p = d.cross(e2);
                    let inverse = 1.0 / e1.dot(p);
                    let s = o - a;
                    let u = s.dot(p) * inverse;
                    let q = s.cross(e1);
                    let v = d.dot(q) * inverse;
                    if u >= 0.0 && v >= 0.0 && u + v <= 1.0 {
                        take(e2.dot(q) * inverse, Spot::Triangle(i, DVec2::new(u, v)));
                    }
                }
            }
        }
    }
    best
}

fn focal(camera: &Camera) -> f64 {
    0.5 * f64::from(SIZE.1) / (0.5 * f64::from(camera.fov_y)).tan()
}

/// Through a place of the picture.
fn ray(s: &Scene, frame: usize, pixel: DVec2) -> (DVec3, DVec3) {
    let (eye, f) = (DPose::of(s.camera.pose_at(frame)), focal(&s.camera));
    let local = DVec3::new((pixel.x - 0.5 * f64::from(SIZE.0)) / f, (0.5 * f64::from(SIZE.1) - pixel.y) / f, -1.0);
    (eye.translation, (eye.rotation * local).normalize())
}

/// The place of a point in the picture.
fn film(s: &Scene, frame: usize, p: DVec3) -> DVec2 {
    let (local, f) = (DPose::of(s.camera.pose_at(frame)).undo(p), focal(&s.camera));
    DVec2::new(0.5 * f64::from(SIZE.0) - f * local.x / local.z, 0.5 * f64::from(SIZE.1) + f * local.y / local.z)
}

fn at(s: &Scene, forms: &[Forms], frame: usize) -> Vec<(Form, DPose)> {
    let poses = s.world_poses(frame);
    forms.iter().zip(poses).map(|(f, pose)| (f.at(frame), DPose::of(pose))).collect()
}

/// Checks all pixels of a frame; returns how many were judged of what changes its shape.
fn check(s: &Scene, forms: &[Forms], frame: usize, passes: &Passes) -> usize {
    let sign = s.overlays[0].paint(s, SIZE);
    let mut laid = vec![0.0; (SIZE.0 * SIZE.1) as usize];
    sign.places(SIZE.0 as usize).zip(&sign.pixels).for_each(|(at, p)| laid[at] = p.w * s.overlays[0].opacity.at(frame));
    let now = at(s, forms, frame);
    let mut judged = 0;
    for i in 0..passes.object_id.len() {
        let middle = DVec2::new((i as u32 % SIZE.0) as f64 + 0.5, (i as u32 / SIZE.0) as f64 + 0.5);
        let seen = |offset: DVec2| {
            let (origin, direction) = ray(s, frame, middle + offset);
            hit(&now, origin, direction)
        };
        let id = |h: &Option<(f64, usize, Spot)>| h.map_or(0, |(_, object, _)| s.objects[object].id);
        let here = seen(DVec2::ZERO);
        // On an edge, to a thousandth of a pixel, either side is right.
        let corners = [DVec2::new(1.0, 1.0), DVec2::new(-1.0, 1.0), DVec2::new(1.0, -1.0), DVec2::new(-1.0, -1.0)];
        if corners.iter().any(|c| id(&seen(1e-3 * *c)) != id(&here)) {
            continue;
        }
        if laid[i] >= 0.5 {
            assert_eq!(passes.object_id[i], SIGN);
        } else {
            assert_eq!(passes.object_id[i], id(&here), "frame {frame}, pixel {middle}");
        }
        let Some((_, object, spot)) = here else { continue };
        let reference = place(&forms[object].reference(frame), spot);
        let coord = passes.coord[i].map(|c| glam::Vec3::from(c).as_dvec3()).expect("something is there");
        assert!(coord.distance(reference) < 1e-3, "frame {frame}, object {object} at {middle}: {coord} is not {reference}");
        for (flow, other) in [(&passes.flow_forward, frame as i64 + 1), (&passes.flow_backward, frame as i64 - 1)] {
            let other = usize::try_from(other).ok().filter(|f| *f < FRAMES);
            let there = other.filter(|f| forms[object].are_kin(frame, *f));
            let Some(other) = there else {
                assert_eq!(flow[i], None, "frame {frame}, object {object}: it has no place there");
                continue;
            };
            let (form, pose) = (forms[object].at(other), DPose::of(s.world_pose(object, other)));
            let expected = film(s, other, pose.point(place(&form, spot))) - middle;
            let got = Vec2::from(flow[i].expect("it has a place there")).as_dvec2();
            assert!(got.distance(expected) < 0.05, "frame {frame}, object {object} at {middle} moves by {got}, not {expected}");
        }
        judged += usize::from(!s.objects[object].shapes.is_empty());
    }
    judged
}

#[test]
fn what_deforms_keeps_its_coordinates_and_its_flow() {
    let settings = RenderSettings { width: SIZE.0, height: SIZE.1, ..proof(1) };
    for s in [everything(false), walking(everything(false))] {
        let forms = s.forms().expect("no mesh is missing");
        let renderer = renderer();
        let mut clip = renderer.clip(&s, &settings).expect("valid");
        for frame in 0..FRAMES {
            let passes = super::passes(&mut clip, frame, &[Pass::Id, Pass::Flow, Pass::Coord]);
            let judged = check(&s, &forms, frame, &passes);
            assert!(judged > 60, "frame {frame}: {judged} pixels");
        }
    }
}
