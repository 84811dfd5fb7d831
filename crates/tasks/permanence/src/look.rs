//! The dress of a problem: surfaces, light, surroundings and camera angle. Colours that the prompt names are the plot's.

use raytruth_scene::Material;
use raytruth_task::dress::{Angles, Ground, Paint, Setting, SettingKind, Shot, stuff, surface};
use raytruth_task::props::Stuff;
use raytruth_task::{Rng, display};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

use crate::plot::{Form, Part, Plot};
use raytruth_task::dress::{hex, shown_color};

/// What cups may be made of.
const CUPS: [(&str, Stuff); 4] =
    [("glazed", Stuff::Ceramic), ("felt", Stuff::Fabric), ("brushed_metal", Stuff::Metal), ("painted_wood", Stuff::Wood)];

/// How one sample looks.
pub(crate) struct Look {
    /// By the names of things, and of rings with `_ring` behind the name of what has them.
    pub materials: BTreeMap<String, Material>,
    /// What moves them.
    pub mover: Material,
    /// Tracks, trays and what else is built of boards and has no colour.
    pub joinery: Material,
    /// Whether screens are hung with cloth.
    pub curtains: bool,
    /// On which all stands.
    pub mat: Material,
    pub setting: Setting,
    pub shot: Shot,
    /// What was drawn, for metadata.
    pub drawn: Map<String, Value>,
}

impl Look {
    pub(crate) fn draw(rng: &mut Rng, plot: &Plot) -> Self {
        let ground = if rng.chance(0.6) { Ground::Light } else { Ground::Dark };
        let setting = Setting::draw(rng, &SettingKind::ALL, ground);
        let shot = Shot::draw(rng, Angles { azimuth: (-9.0, 9.0), elevation: plot.elevation });
        let (cup_name, cup_stuff) = *rng.pick(&CUPS);
        let (ball_name, ball) =
            *rng.pick(&[("plastic", Stuff::Plastic), ("painted_wood", Stuff::Wood), ("rubber", Stuff::Leather)]);
        let mut materials = BTreeMap::new();
        let mut seeds: BTreeMap<&'static str, u64> = BTreeMap::new();
        let mut colors = Map::new();
        // Things of one colour look alike: no grain tells them apart.
        let mut dressed = |stuff: Stuff, paint: &Paint, rng: &mut Rng| {
            let seed = *seeds.entry(paint.name).or_insert_with(|| rng.bits());
            let own = &mut Rng::from_seed(seed);
            let color = paint.color(own);
            stuff::colored(stuff, color, own)
        };
        for thing in &plot.things {
            let Some(paint) = &thing.paint else { continue };
            let material = dressed(if thing.part == Part::Target { ball } else { cup_stuff }, paint, rng);
            colors.insert(thing.name.clone(), hex(display(shown_color(&material))));
            if let Form::Cup { ring, .. } = &thing.form {
                let ring = ring.as_ref().map_or_else(|| material.clone(), |ring| dressed(cup_stuff, ring, rng));
                materials.insert(format!("{}_ring", thing.name), ring);
            }
            materials.insert(thing.name.clone(), material);
        }
        let mat = surface::felt(glam::Vec3::splat(if ground == Ground::Light { 0.62 } else { 0.36 }), rng);
        // Painted: bare metal shows the colours of what is near, which look like the thing itself.
        let mover = Material { base_color: glam::Vec3::splat(0.34), roughness: 0.6, ..Material::default() };
        let joinery = stuff::pale(Stuff::Wood, ground, rng);
        let mut drawn = setting.describe();
        drawn.extend(shot.describe());
        drawn.insert("occluders".into(), json!(cup_name));
        drawn.insert("target".into(), json!(ball_name));
        drawn.insert("colors".into(), Value::Object(colors));
        Self { materials, mover, joinery, curtains: cup_stuff == Stuff::Fabric, mat, setting, shot, drawn }
    }
}
