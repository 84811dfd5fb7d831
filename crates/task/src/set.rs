use glam::Vec3;
use raytruth_scene::{Aabb, Camera, Material, Mesh, Object, Pose, Role, Scene, Shape};

use crate::Clip;
use crate::author::corners;
use crate::props::{Prop, PropPart};

/// Puts a scene together and numbers its objects.
#[derive(Clone, Debug)]
pub struct SceneBuilder {
    /// What is there so far. Its camera looks along +y from just before the origin until another is set.
    pub scene: Scene,
    next_id: u16,
}

impl SceneBuilder {
    /// An empty scene that lasts as long as the clip. The first object gets id 1.
    #[must_use]
    pub fn new(clip: &Clip) -> Self {
        let mut scene = Scene::new(Camera::look_at(Vec3::NEG_Y, Vec3::ZERO, 0.5));
        scene.animation = Some(clip.animation());
        Self { scene, next_id: 1 }
    }

    /// One more thing, at the origin, with the next free id. Its material has its name.
    pub fn add(&mut self, name: &str, role: Role, shape: Shape, material: &Material) -> &mut Object {
        let id = self.next_id;
        self.next_id += 1;
        self.push(Object::new(name, id, shape, name).role(role), material)
    }

    /// One more part of a thing: it has the thing's id and role, and a pose of its own in the world.
    ///
    /// # Panics
    /// If there is no object `of`.
    pub fn part(&mut self, of: &str, name: &str, shape: Shape, material: &Material) -> &mut Object {
        let whole = self.scene.object_index(of).unwrap_or_else(|| panic!("the scene has no object `{of}`"));
        let (id, role) = (self.scene.objects[whole].id, self.scene.objects[whole].role);
        self.push(Object::new(name, id, shape, name).role(role), material)
    }

    /// Keeps a mesh, unless one of that name is there already, and returns the shape that shows it.
    pub fn mesh(&mut self, name: &str, mesh: Mesh) -> Shape {
        self.scene.meshes.entry(name.to_owned()).or_insert(mesh);
        Shape::Mesh { mesh: name.to_owned() }
    }

    /// A prop as one thing, an object a part. The first part has the thing's name; the others are called `{name}_{part}` and hang on it, so
    /// that they go where it goes. Returns its id.
    pub fn prop(&mut self, name: &str, role: Role, prop: &Prop, pose: Pose, dress: &mut dyn FnMut(&PropPart) -> Material) -> u16 {
        let id = self.next_id;
        self.next_id += 1;
        for (i, part) in prop.parts.iter().enumerate() {
            let own = if i == 0 { name.to_owned() } else { format!("{name}_{}", part.name) };
            let shape = self.mesh(&format!("prop_{}_{}_{}", prop.kind.name(), prop.variant, part.name), part.mesh.clone());
            let object = self.push(Object::new(&own, id, shape, &own).role(role), &dress(part));
            if i == 0 {
                object.pose = pose;
            } else {
                object.parent = Some(name.to_owned());
            }
        }
        id
    }

    /// Bounds of everything but the backdrop over all frames, metres. Empty if there is nothing else.
    #[must_use]
    pub fn bounds(&self) -> Aabb {
        Aabb::of(corners(&self.scene, self.scene.frames() as u32))
    }

    fn push(&mut self, object: Object, material: &Material) -> &mut Object {
        self.scene.materials.entry(object.material.clone()).or_insert_with(|| material.clone());
        self.scene.objects.push(object);
        let last = self.scene.objects.len() - 1;
        &mut self.scene.objects[last]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::props::PropKind;

    #[test]
    fn things_have_ids_of_their_own_and_parts_share_them() {
        let clip = Clip { width: 64, height: 40, fps: 10, frames: 5, lead: 0 };
        let mut set = SceneBuilder::new(&clip);
        let (ball, plain) = (Shape::Sphere { radius: 0.1 }, Material::default());
        set.add("wall", Role::Backdrop, Shape::Sphere { radius: 9.0 }, &plain);
        assert!(set.bounds().is_empty());
        let way = (0..5).map(|f| Pose::from_translation(Vec3::X * f as f32));
        *set.add("ball", Role::Actor, ball.clone(), &plain) =
            Object::new("ball", 2, ball.clone(), "ball").role(Role::Actor).moving(way);
        set.part("ball", "knob", ball, &plain).pose = Pose::from_translation(Vec3::Z);
        set.add("plate", Role::Target, Shape::Sphere { radius: 0.05 }, &plain);
        let told = set.scene.objects.iter().map(|o| (o.id, o.role)).collect::<Vec<_>>();
        assert_eq!(told, [(1, Role::Backdrop), (2, Role::Actor), (2, Role::Actor), (3, Role::Target)]);
        let bounds = set.bounds();
        assert!(bounds.min.abs_diff_eq(Vec3::splat(-0.1), 1e-6) && bounds.max.abs_diff_eq(Vec3::new(4.1, 0.1, 1.1), 1e-6));
        set.scene.validate().expect("a whole scene");
    }

    #[test]
    fn a_prop_moves_as_one_thing() {
        let mut set = SceneBuilder::new(&Clip { width: 64, height: 40, fps: 10, frames: 3, lead: 0 });
        let prop = Prop::new(PropKind::Lamp, 0);
        assert!(prop.parts.len() > 1);
        let mut plain = |_: &PropPart| Material::default();
        let ids = [0.0, 1.0].map(|x| {
            let pose = Pose::from_translation(Vec3::X * x);
            set.prop(&format!("lamp_{x}"), Role::Actor, &prop, pose, &mut plain)
        });
        assert_eq!(ids, [1, 2]);
        set.scene.validate().expect("a whole scene");
        assert_eq!((set.scene.meshes.len(), set.scene.objects.len()), (prop.parts.len(), 2 * prop.parts.len()));
        let before = set.bounds().max.x;
        let first = prop.parts.len();
        set.scene.objects[first].pose.translation.x += 5.0;
        assert!((set.bounds().max.x - before - 5.0).abs() < 1e-4, "all of its parts went with the first");
    }

    #[test]
    fn a_mesh_is_kept_once() {
        let mut set = SceneBuilder::new(&Clip { width: 64, height: 40, fps: 10, frames: 1, lead: 0 });
        let one = set.mesh("m", Mesh { positions: vec![Vec3::X], ..Mesh::default() });
        let two = set.mesh("m", Mesh::default());
        assert_eq!(one, two);
        assert_eq!(set.scene.meshes["m"].positions, [Vec3::X]);
    }
}
