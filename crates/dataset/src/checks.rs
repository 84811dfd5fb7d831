//! What a task asks of the pictures themselves, before a clip is rendered ([`PictureCheck`]).

use std::ops::ControlFlow;

use raytruth_render::{Output, Pass, Progress, RenderError};
use raytruth_scene::Scene;
use raytruth_task::PictureCheck;

use crate::sample::Refused;
use crate::source::FrameStream;

type Watch<'a> = dyn FnMut(Progress) -> ControlFlow<()> + 'a;

/// The first of a clip's checks that does not hold.
pub(crate) fn failed(
    clip: &mut dyn FrameStream,
    scene: &Scene,
    checks: &[PictureCheck],
    watch: &mut Watch<'_>,
) -> Result<Option<Refused>, RenderError> {
    for check in checks {
        if let Some(refused) = senseless(scene, check) {
            return Ok(Some(refused));
        }
        let refused = match check {
            PictureCheck::Without { object, frames, at_most } => {
                without(clip, (object, &parts(scene, object)), frames, *at_most, watch)?
            }
            PictureCheck::SpecularSeen { object, frame, min_px, min_share_percent } => {
                specular_seen(clip, scene, object, *frame, (*min_px, *min_share_percent), watch)?
            }
            other => Some(("unknown_check".to_owned(), format!("{other:?}"))),
        };
        if refused.is_some() {
            return Ok(refused);
        }
    }
    Ok(None)
}

/// A check of what the scene does not have.
fn senseless(scene: &Scene, check: &PictureCheck) -> Option<Refused> {
    let (object, frames) = match check {
        PictureCheck::Without { object, frames, .. } => (object, &frames[..]),
        PictureCheck::SpecularSeen { object, frame, .. } => (object, std::slice::from_ref(frame)),
        _ => return None,
    };
    if scene.object_index(object).is_none() {
        return Some((format!("unknown_object:{object}"), format!("a check names `{object}`, which is not in the scene")));
    }
    let beyond = frames.iter().find(|f| **f as usize >= scene.frames());
    if frames.is_empty() || beyond.is_some() {
        let detail = format!("a check of `{object}` names the frames {frames:?} of a clip of {}", scene.frames());
        return Some((format!("no_frame:{object}"), detail));
    }
    None
}

/// Names of an object and of the other objects of its id.
fn parts<'a>(scene: &'a Scene, object: &str) -> Vec<&'a str> {
    let id = scene.object_index(object).map(|i| scene.objects[i].id);
    scene.objects.iter().filter(|o| Some(o.id) == id).map(|o| o.name.as_str()).collect()
}

fn without(
    clip: &mut dyn FrameStream,
    (object, parts): (&str, &[&str]),
    frames: &[u32],
    at_most: u8,
    watch: &mut Watch<'_>,
) -> Result<Option<Refused>, RenderError> {
    // All with it first: what is the same in all frames is then traced once.
    let with = frames.iter().map(|&f| Ok(clip.frame(f, &[Output::Rgb], watch)?.rgb));
    let with = with.collect::<Result<Vec<_>, RenderError>>()?;
    for (frame, with) in frames.iter().zip(with) {
        let without = clip.frame_without(parts, *frame, &[Output::Rgb], watch)?.rgb;
        let most = with.iter().zip(&without).map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0);
        if most > at_most {
            let detail = format!("without `{object}` frame {frame} differs by {most} of 255; at most {at_most}");
            return Ok(Some((format!("not_hidden:{object}"), detail)));
        }
    }
    Ok(None)
}

fn specular_seen(
    clip: &mut dyn FrameStream,
    scene: &Scene,
    object: &str,
    frame: u32,
    (min_px, min_share_percent): (u32, u8),
    watch: &mut Watch<'_>,
) -> Result<Option<Refused>, RenderError> {
    let parts = parts(scene, object);
    let id = scene.object_index(object).map_or(0, |i| scene.objects[i].id);
    let outputs = [Output::Pass(Pass::Id), Output::Pass(Pass::SpecularId)];
    let mut image = |left_out: &[&str]| -> Result<u32, RenderError> {
        let passes = clip.frame_without(left_out, frame, &outputs, watch)?.passes;
        // Seen directly it is no image.
        let seen = passes.object_id.iter().zip(&passes.specular_id).filter(|(first, last)| **last == id && **first != id);
        Ok(seen.count() as u32)
    };
    let seen = image(&[])?;
    let rest = scene.objects.iter().filter(|o| !is_specular(scene, &o.material)).map(|o| o.name.as_str());
    let alone = image(&rest.filter(|name| !parts.contains(name)).collect::<Vec<_>>())?;
    let enough = seen >= min_px && u64::from(seen) * 100 >= u64::from(alone) * u64::from(min_share_percent);
    let detail = || {
        format!(
            "{seen} pixels of the image of `{object}` are seen in frame {frame}, of {alone}; at least {min_px} and {min_share_percent} %"
        )
    };
    Ok((!enough).then(|| (format!("image_not_seen:{object}"), detail())))
}

/// Whether the specular-id pass goes on at this material, its images apart: as in `shaders/kernels/specular_id.wgsl`.
fn is_specular(scene: &Scene, material: &str) -> bool {
    scene
        .materials
        .get(material)
        .is_some_and(|m| m.roughness < 0.1 && (m.metallic > 0.5 || (1.0 - m.metallic) * m.transmission > 0.5))
}

#[cfg(test)]
mod tests {
    use glam::{Quat, Vec2, Vec3};
    use raytruth_render::{DeviceOptions, Prepared, RenderSettings};
    use raytruth_scene::{Camera, Light, Material, Object, Pose, Shape};

    use super::*;
    use crate::source::{FrameSource, GpuSource};

    /// A ball before a mirror, and a screen that hides part of its image.
    fn mirrored(screen: f32) -> Scene {
        let mut scene = Scene::new(Camera::look_at(Vec3::new(0.0, -3.0, 0.8), Vec3::new(0.0, 0.5, 0.4), 0.6));
        let mirror = Material { base_color: Vec3::splat(0.9), metallic: 1.0, roughness: 0.0, ..Material::default() };
        scene.materials = [("mirror".into(), mirror), ("plain".into(), Material::default())].into();
        scene.lights.push(Light::rect("lamp", Vec2::ONE, Vec3::new(0.0, -1.0, 3.0), Vec3::ZERO, Vec3::splat(4.0)));
        let upright = Pose::new(Vec3::new(0.0, 1.0, 0.5), Quat::from_rotation_x(std::f32::consts::FRAC_PI_2));
        let slab = Shape::Box { half_extents: Vec3::new(screen, 0.01, 0.5), bevel: 0.0 };
        scene.objects = vec![
            Object::new("floor", 1, Shape::Plane { size: Vec2::splat(6.0) }, "plain"),
            Object::new("mirror", 2, Shape::Plane { size: Vec2::new(2.0, 1.0) }, "mirror").at(upright),
            Object::new("ball", 3, Shape::Sphere { radius: 0.2 }, "plain").at(Vec3::new(-0.5, 0.2, 0.2)),
            // Between the mirror and the eye, to the right of the image's middle.
            Object::new("screen", 4, slab, "plain").at(Vec3::new(-0.33 + screen, 0.6, 0.5)),
        ];
        scene
    }

    fn result(scene: Scene, check: PictureCheck) -> Option<Refused> {
        let settings = RenderSettings { width: 96, height: 60, samples_per_pixel: 4, ..RenderSettings::default() };
        let mut source = GpuSource::open(&DeviceOptions::default()).expect("a device");
        let mut clip = source.clip(Prepared::new(&scene, &settings).expect("valid")).expect("valid");
        failed(clip.as_mut(), &scene, &[check], &mut |_| ControlFlow::Continue(())).expect("renders")
    }

    #[test]
    fn an_image_is_counted_against_what_the_mirror_alone_would_show() {
        let seen = |screen, min_px, min_share_percent| {
            let check = PictureCheck::SpecularSeen { object: "ball".into(), frame: 0, min_px, min_share_percent };
            result(mirrored(screen), check)
        };
        assert_eq!(seen(0.001, 20, 90), None);
        let (reason, detail) = seen(0.001, 5000, 0).expect("so many pixels it has not");
        assert!(reason == "image_not_seen:ball" && detail.contains("at least 5000"), "{detail}");
        assert!(seen(0.4, 5, 5).is_none() && seen(0.4, 5, 95).is_some(), "half of it is hidden");
    }

    #[test]
    fn a_check_of_what_is_not_there_does_not_hold() {
        let without = |object: &str, frames: Vec<u32>| {
            result(mirrored(0.2), PictureCheck::Without { object: object.into(), frames, at_most: 255 }).map(|(reason, _)| reason)
        };
        assert_eq!(without("ghost", vec![0]).as_deref(), Some("unknown_object:ghost"));
        assert_eq!(without("ball", vec![1]).as_deref(), Some("no_frame:ball"));
        assert_eq!(without("ball", vec![]).as_deref(), Some("no_frame:ball"));
    }

    #[test]
    fn what_casts_a_shadow_is_not_hidden() {
        let without = |object: &str, at_most| {
            let check = PictureCheck::Without { object: object.into(), frames: vec![0], at_most };
            result(mirrored(0.2), check).map(|(reason, _)| reason)
        };
        assert_eq!(without("ball", 2).as_deref(), Some("not_hidden:ball"));
        assert_eq!(without("ball", 255), None);
    }
}
