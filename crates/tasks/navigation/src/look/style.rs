//! Surfaces of places. All are pale, grey or muted, so that what has a name alone has a hue, and lines along floors are dark.

mod indoors;
mod outdoors;

use glam::Vec3;
use raytruth_eval::hue;
use raytruth_scene::Material;
use raytruth_task::Rng;
use raytruth_task::dress::paint::muted;
use raytruth_task::interior::{Dado, Floor, Style};

use crate::layout::{Family, Layout};

/// What a place is built of.
#[derive(Clone, Debug)]
pub(crate) struct Surfaces {
    pub name: &'static str,
    pub style: Style,
    /// Of furniture.
    pub wood: Material,
    /// Cloth of furniture; field and border of rugs. Linear Rec. 709.
    pub cloth: Vec3,
    pub rug: [Vec3; 2],
    /// On the tops of walls, if they are seen.
    pub coping: Material,
    /// Below the ceiling, if there are any.
    pub beams: Option<Material>,
}

impl Surfaces {
    /// Such as suit a place.
    pub(crate) fn draw(layout: &Layout, calm: &Calm, rng: &mut Rng) -> Self {
        let choices = Self::choices(layout);
        let mut drawn = rng.pick(choices)(rng);
        drawn.calm(calm);
        drawn
    }

    fn choices(layout: &Layout) -> &'static [fn(&mut Rng) -> Self] {
        match layout.family {
            Family::Plaza => &outdoors::PLAZAS,
            Family::Maze if !layout.roofed => &outdoors::COURTS,
            Family::Maze => &indoors::CORRIDORS,
            Family::Rooms => &indoors::FLATS,
        }
    }

    /// Takes away what chroma would be too much.
    fn calm(&mut self, calm: &Calm) {
        let style = &mut self.style;
        let floor = match &mut style.floor {
            Floor::Boards { wood: material, .. } | Floor::Slab(material) | Floor::Paved(material, _) => material,
        };
        let dado = style.dado.as_mut().map(|Dado { material, .. }| material);
        let all = [&mut style.wall, &mut style.ceiling, &mut style.frame, &mut style.skirting, &mut self.wood, &mut self.coping];
        for material in all.into_iter().chain([floor]).chain(dado).chain(&mut self.beams) {
            *material = calm.material(material);
        }
        self.cloth = calm.color(self.cloth);
        self.rug = self.rug.map(|color| calm.color(color));
    }
}

/// What keeps surfaces pale.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Calm {
    /// Of the place's light: linear Rec. 709, its mean 1.
    light: Vec3,
    /// Whether light goes from wall to wall.
    roofed: bool,
}

/// Most chroma that a surface shows.
const MOST: f32 = 0.75 * hue::HAS_HUE;

impl Calm {
    pub(crate) fn new(layout: &Layout, light: Vec3) -> Self {
        Self { light, roofed: layout.roofed }
    }

    /// A colour with as much chroma as it may have.
    pub(crate) fn color(&self, color: Vec3) -> Vec3 {
        // Light takes on the colour of walls each time it meets one: below a ceiling, of pale ones often.
        let times = if self.roofed { 1.0 - color.element_sum() / 3.0 } else { 0.75 };
        muted(color * self.light, MOST * times.max(0.2)) / self.light
    }

    /// The same of a material.
    pub(crate) fn material(&self, material: &Material) -> Material {
        let mut material = material.clone();
        material.base_color = self.color(material.base_color);
        if let Some(texture) = &mut material.texture {
            texture.color = self.color(texture.color);
        }
        material
    }
}

#[cfg(test)]
mod tests {
    use glam::Vec2;
    use raytruth_task::dress::shown_color;
    use raytruth_task::interior::Rect;

    use super::*;

    fn place(family: Family, roofed: bool) -> Layout {
        let area = Rect::new(Vec2::ZERO, Vec2::ONE);
        let (walls, landmarks, furniture, middles) = (vec![], vec![], vec![], vec![]);
        Layout { family, area, walls, height: 2.6, roofed, landmarks, furniture, middles }
    }

    #[test]
    fn all_is_muted_and_the_floor_line_is_dark() {
        let mean = |color: Vec3| color.element_sum() / 3.0;
        for (family, roofed, least) in
            [(Family::Maze, true, 5), (Family::Maze, false, 4), (Family::Rooms, true, 5), (Family::Plaza, false, 4)]
        {
            let choices = Surfaces::choices(&place(family, roofed));
            assert!(choices.len() >= least, "{family:?}");
            for (make, seed) in choices.iter().flat_map(|make| (0..12).map(move |seed| (make, seed))) {
                let light = Vec3::new(1.05, 1.0, 0.95);
                let mut drawn = make(&mut Rng::from_seed(seed));
                drawn.calm(&Calm::new(&place(family, roofed), light));
                let floor = match &drawn.style.floor {
                    Floor::Boards { wood: material, .. } | Floor::Slab(material) | Floor::Paved(material, _) => material,
                };
                let low = drawn.style.dado.as_ref().map_or(&drawn.style.wall, |dado| &dado.material);
                for material in
                    [&drawn.style.wall, &drawn.style.ceiling, &drawn.style.frame, floor, low, &drawn.coping, &drawn.wood]
                {
                    let shown = shown_color(material) * light;
                    assert!(hue::is_pale(shown.to_array()), "{}: {shown}", drawn.name);
                }
                let line = mean(shown_color(&drawn.style.skirting));
                for beside in [low, floor] {
                    assert!(line < 0.45 * mean(shown_color(beside)), "{}: {line} beside {}", drawn.name, shown_color(beside));
                }
            }
        }
    }
}
