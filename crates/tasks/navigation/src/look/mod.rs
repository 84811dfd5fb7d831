//! How a place looks: surfaces, light, what hangs and lies about, and what landmarks are like. What has a name alone has a hue.

mod court;
mod decor;
mod forms;
mod light;
mod sight;
mod skyline;
mod style;

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{Pose, Role};
use raytruth_task::dress::hex;
use raytruth_task::interior::{Interior, Outfit, Rect};
use raytruth_task::props::Prop;
use raytruth_task::{Clip, Rng, SceneBuilder, display};
use serde_json::{Map, Value, json};

use crate::layout::{Landmark, Layout};
pub(crate) use court::pilaster_solids;
use light::{LampKind, Lighting};
use style::{Calm, Surfaces};

/// How one sample looks.
#[derive(Clone, Debug)]
pub(crate) struct Look {
    surfaces: Surfaces,
    lighting: Lighting,
    /// Of landmarks, in their order: linear Rec. 709.
    colors: Vec<Vec3>,
    /// Whether houses are seen over the walls.
    houses: bool,
    /// Of grain, boards, pictures and furniture.
    seed: u64,
    /// What was drawn, for metadata.
    pub drawn: Map<String, Value>,
}

impl Look {
    pub(crate) fn draw(rng: &mut Rng, layout: &Layout) -> Self {
        let lighting = Lighting::draw(layout, rng);
        let surfaces = Surfaces::draw(layout, &Calm::new(layout, lighting.color), rng);
        let colors: Vec<Vec3> = layout.landmarks.iter().map(|landmark| landmark.paint.color(rng)).collect();
        let named = layout.landmarks.iter().zip(&colors).map(|(landmark, &color)| (landmark.id(), hex(display(color))));
        let houses = !layout.roofed && rng.chance(0.8);
        let drawn = [
            ("style", json!(surfaces.name)),
            ("light", json!(lighting.name)),
            ("light_color", hex(display(0.9 * lighting.color / lighting.color.max_element()))),
            ("wall", hex(display(surfaces.style.wall.base_color))),
            ("houses", json!(houses)),
            ("colors", Value::Object(named.collect())),
        ];
        let drawn = drawn.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { surfaces, lighting, colors, houses, seed: rng.bits(), drawn }
    }

    /// Linear Rec. 709 of a landmark, by its place among them.
    pub(crate) fn color(&self, landmark: usize) -> Vec3 {
        self.colors[landmark]
    }
}

/// All of a place but who looks and what is laid over the picture.
pub(crate) fn build(layout: &Layout, look: &Look, clip: &Clip) -> SceneBuilder {
    let rng = &mut Rng::from_seed(look.seed);
    let mut set = SceneBuilder::new(clip);
    set.scene.environment = look.lighting.environment.clone();
    let place = &mut Interior::new(&mut set, look.surfaces.style.clone(), rng.bits());
    let Rect { min, max } = layout.area;
    place.floor("floor", Rect::new(min - 0.06, max + 0.06));
    for (i, wall) in layout.walls.iter().enumerate() {
        place.wall(&format!("wall_{i}"), wall);
    }
    if layout.roofed {
        place.ceiling("ceiling", Rect::new(min - 0.06, max + 0.06), layout.height, &[]);
        lamps(place, layout, look);
        decor::beams(place, layout, &look.surfaces);
        let dado = look.surfaces.style.dado.as_ref().map_or(0.0, |dado| dado.height);
        decor::pictures(place, layout, dado, rng);
        decor::rugs(place, layout, &look.surfaces, rng);
        let calm = Calm::new(layout, look.lighting.color);
        for (_, brass) in set.scene.materials.iter_mut().filter(|(name, _)| name.starts_with("lamp_")) {
            *brass = calm.material(brass);
        }
    } else {
        let Surfaces { coping, style, .. } = &look.surfaces;
        court::tops(&mut set, layout, coping);
        court::pilasters(&mut set, layout, coping, &style.skirting);
        if look.houses {
            skyline::houses(&mut set, layout, &Calm::new(layout, look.lighting.color), rng);
        }
    }
    furniture(&mut set, layout, look, rng);
    for (landmark, &color) in layout.landmarks.iter().zip(&look.colors) {
        stand(&mut set, landmark, color, rng);
    }
    set
}

fn lamps(place: &mut Interior<'_>, layout: &Layout, look: &Look) {
    let Lighting { color, kind, lamps, .. } = &look.lighting;
    let power = |emitting: f32| light::radiance(layout, &look.surfaces.style, lamps.len(), emitting) * *color;
    for (i, &at) in lamps.iter().enumerate() {
        let name = format!("lamp_{i}");
        match kind {
            LampKind::Globe => {
                let radius = 0.12;
                let middle = at.extend(layout.height - 0.48);
                let all = 4.0 * core::f32::consts::PI * radius * radius;
                place.pendant(&name, middle, radius, layout.height, power(all));
            }
            LampKind::Panel | LampKind::Strip => {
                let size = if *kind == LampKind::Panel { Vec2::splat(0.6) } else { Vec2::new(1.1, 0.16) };
                place.panel(&name, at, size, layout.height, power(size.x * size.y));
            }
        }
    }
}

fn furniture(set: &mut SceneBuilder, layout: &Layout, look: &Look, rng: &mut Rng) {
    let calm = Calm::new(layout, look.lighting.color);
    for (i, piece) in layout.furniture.iter().enumerate() {
        let prop = Prop::new(piece.kind, piece.variant);
        let tone = rng.range(0.7, 1.3) as f32;
        let outfit = Outfit { wood: look.surfaces.wood.clone(), color: (look.surfaces.cloth * tone).min(Vec3::splat(0.7)) };
        let pose = Pose::new(piece.at.extend(0.0), facing(piece.out));
        let name = format!("{}_{i}", piece.kind.name());
        set.prop(&name, Role::Backdrop, &prop, pose, &mut |part| calm.material(&outfit.dress(part, rng)));
    }
}

/// Puts a landmark where it belongs: one thing of several parts.
fn stand(set: &mut SceneBuilder, landmark: &Landmark, color: Vec3, rng: &mut Rng) {
    let name = landmark.id();
    for (i, piece) in forms::pieces(landmark.form).into_iter().enumerate() {
        let shape = set.mesh(&format!("{}_{}", landmark.form.name(), piece.name), piece.mesh);
        let material = forms::dress(piece.shade, piece.stuff, color, rng);
        if i == 0 {
            let pose = Pose::new(landmark.at.extend(0.0), facing(landmark.out));
            set.add(&name, Role::Target, shape, &material).pose = pose;
        } else {
            set.part(&name, &format!("{name}_{}", piece.name), shape, &material).parent = Some(name.clone());
        }
    }
}

/// The rotation that turns a front from −y to `out`.
fn facing(out: Vec2) -> Quat {
    Quat::from_rotation_z(Vec2::NEG_Y.angle_to(out))
}

#[cfg(test)]
mod tests;
