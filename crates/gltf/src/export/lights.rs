//! Lamps and sky, as each target reads them.

use glam::{Quat, Vec3};
use raytruth_scene::{Environment, Light, LightShape, Pose, Sky, Sun};
use serde_json::{Value, json};

use super::image::Edge;
use super::{Target, Writer, dome, emitter, image_based, material, node};
use crate::GltfError;
use crate::extras::{LightExtras, NodeExtras};
use crate::photometry::{self, Punctual};
use crate::sky::{IMAGE_BASED, panorama};

impl Writer<'_> {
    /// All that gives light and is no object.
    pub(super) fn lights(&mut self) -> Result<(), GltfError> {
        let scene = self.scene;
        let sky = Sky::new(scene);
        for light in &scene.lights {
            let Light { name, shape, pose, radiance, power, visible_to_camera } = light;
            let (shape_of, power, visible) = (shape.clone(), power.clone(), *visible_to_camera);
            let exact = LightExtras { shape: shape_of, radiance: *radiance, power, visible_to_camera: visible };
            let mut node = node(name, *pose, &NodeExtras { light: Some(exact), ..NodeExtras::default() });
            match self.options.target {
                Target::Blender => self.lamp(&mut node, light, &sky),
                Target::Web => self.distant_lamp(&mut node, light),
            }
            self.place(node);
        }
        match self.options.target {
            Target::Blender => self.dome(&sky),
            Target::Web => {
                self.distant_sun();
                self.image_based(&sky)
            }
        }
    }

    /// A lamp as a mesh that shines. Ours let through what lies behind them, a mesh does not: its light has the sky's there added.
    fn lamp(&mut self, node: &mut Value, light: &Light, sky: &Sky<'_>) {
        let Light { name, shape, pose, radiance, .. } = light;
        let Some(emitter) = emitter::emitter(shape, self.options.segments) else {
            let spot = photometry::in_blender(photometry::punctual(shape, *radiance));
            self.shine(node, name, &spot);
            return;
        };
        let behind = match shape {
            LightShape::Sphere { .. } => Vec3::ZERO,
            _ => sky.radiance(pose.vector(Vec3::Z).normalize_or(Vec3::Z)),
        };
        let glow = self.glow(name, *radiance + behind);
        let mut parts = vec![(emitter.front, glow)];
        if let Some(back) = emitter.back {
            parts.push((back, self.black()));
        }
        node["mesh"] = self.meshes.parts(&mut self.binary, "lamp", &parts).into();
    }

    /// A lamp as a punctual light, with a mesh that glows where the camera sees it.
    fn distant_lamp(&mut self, node: &mut Value, light: &Light) {
        let Light { name, shape, radiance, visible_to_camera, .. } = light;
        self.shine(node, name, &photometry::punctual(shape, *radiance));
        if *visible_to_camera {
            let material = self.materials.len();
            if let Some(mesh) = self.meshes.light(&mut self.binary, shape, self.options.segments, material) {
                self.glow(name, *radiance);
                node["mesh"] = mesh.into();
            }
        }
    }

    fn sun(&self) -> Option<&Sun> {
        match &self.scene.environment {
            Environment::Gradient { sun, .. } => sun.as_ref(),
            _ => None,
        }
    }

    fn distant_sun(&mut self) {
        if let Some(Sun { direction, irradiance, .. }) = self.sun().cloned() {
            let pose = Pose::new(Vec3::ZERO, Quat::from_rotation_arc(Vec3::Z, direction.normalize()));
            let mut node = node("sun", pose, &NodeExtras { sun: true, ..NodeExtras::default() });
            self.shine(&mut node, "sun", &Punctual { kind: "directional", intensity: irradiance, cone: None });
            self.place(node);
        }
    }

    /// The sky but its sun as an image-based light.
    fn image_based(&mut self, sky: &Sky<'_>) -> Result<(), GltfError> {
        let Some(light) = image_based::image_based(&panorama(sky)) else { return Ok(()) };
        let mut levels = Vec::new();
        for faces in &light.levels {
            let faces = faces.iter().map(|face| self.pictures.bare(&mut self.binary, "sky", face));
            levels.push(faces.collect::<Result<Vec<_>, _>>()?);
        }
        self.used.insert(IMAGE_BASED);
        self.surrounded = Some(json!({ "lights": [{
            "name": "sky",
            "intensity": light.intensity,
            "irradianceCoefficients": light.irradiance.map(|e| e.to_array()),
            "specularImageSize": light.levels.first().and_then(|faces| faces.first()).map_or(0, |face| face.size()[0]),
            "specularImages": levels,
        }] }));
        Ok(())
    }

    /// The sky as a ball around everything, and the sun as a disc within it: a directional light would not get through.
    fn dome(&mut self, sky: &Sky<'_>) -> Result<(), GltfError> {
        let (center, radius) = dome::place(self.scene);
        let exact = NodeExtras { sky: true, ..NodeExtras::default() };
        if let Some(sun) = self.sun().cloned() {
            let (distance, size, radiance) = dome::sun_disc(&sun);
            let towards = sun.direction.normalize();
            let pose = Pose::new(center + radius * distance * towards, Quat::from_rotation_arc(Vec3::Z, towards));
            let mut node = node("sun", pose, &NodeExtras { sun: true, ..NodeExtras::default() });
            let disc = LightShape::Disk { radius: radius * size };
            if let Some(emitter) = emitter::emitter(&disc, self.options.segments) {
                let glow = self.glow("sun", radiance + sky.radiance(towards));
                node["mesh"] = self.meshes.parts(&mut self.binary, "sun", &[(emitter.front, glow)]).into();
                self.place(node);
            }
        }
        if let Some(radiance) = sky.even() {
            if radiance != Vec3::ZERO {
                let glow = self.glow("sky", radiance);
                self.layer("sky", Pose::new(center, Quat::IDENTITY), radius, (dome::ball(|_| true), glow), &exact);
            }
            return Ok(());
        }
        let panorama = panorama(sky);
        let pose = Pose::new(center, Quat::from_rotation_z(panorama.rotation));
        for (i, layer) in dome::layers(&panorama).into_iter().enumerate() {
            let name = if i == 0 { "sky" } else { "sky highlights" };
            let texture = self.pictures.baked(&mut self.binary, name, &layer.image, Edge::Ends)?;
            let alpha = if i == 0 { 1.0 } else { dome::SHEER };
            let glow = self.glow(name, Vec3::splat(layer.strength / alpha));
            self.materials[glow]["emissiveTexture"] = json!({ "index": texture });
            if i > 0 {
                self.materials[glow]["alphaMode"] = "BLEND".into();
                self.materials[glow]["pbrMetallicRoughness"]["baseColorFactor"] = json!([0, 0, 0, alpha]);
            }
            self.layer(name, pose, radius * dome::radius(i), (layer.mesh, glow), &exact);
        }
        Ok(())
    }

    fn layer(
        &mut self,
        name: &str,
        pose: Pose,
        radius: f32,
        (mut mesh, glow): (raytruth_scene::Mesh, usize),
        exact: &NodeExtras,
    ) {
        mesh.positions.iter_mut().for_each(|p| *p *= radius);
        let mut node = node(name, pose, exact);
        node["mesh"] = self.meshes.parts(&mut self.binary, name, &[(mesh, glow)]).into();
        self.place(node);
    }

    /// Index of a new material that is black but for what it emits.
    fn glow(&mut self, name: &str, radiance: Vec3) -> usize {
        self.materials.push(material::light(name, radiance, &mut self.used));
        self.materials.len() - 1
    }

    /// Index of the material of lamps' backs.
    fn black(&mut self) -> usize {
        if self.black.is_none() {
            self.black = Some(self.glow("lamp back", Vec3::ZERO));
        }
        self.black.unwrap_or_default()
    }

    fn shine(&mut self, node: &mut Value, name: &str, light: &Punctual) {
        self.used.insert("KHR_lights_punctual");
        let mut entry = punctual(name, light.kind, light.intensity);
        if let Some([inner, outer]) = light.cone {
            entry["spot"] = json!({ "innerConeAngle": inner, "outerConeAngle": outer });
        }
        node["extensions"] = json!({ "KHR_lights_punctual": { "light": self.punctual.len() } });
        self.punctual.push(entry);
    }
}

/// An entry of `KHR_lights_punctual`. Its colour ends at 1; the rest is intensity.
fn punctual(name: &str, kind: &str, intensity: Vec3) -> Value {
    let peak = intensity.max_element();
    let color = if peak > 0.0 { (intensity / peak).min(Vec3::ONE) } else { Vec3::ONE };
    json!({ "name": name, "type": kind, "color": color.to_array(), "intensity": peak })
}
