//! A place to walk through, in plan: what belongs to the problem. Metres; x to the right and y up on the plan, z up from the floor.

use glam::{Vec2, Vec3, vec3};
use raytruth_task::dress::Paint;
use raytruth_task::interior::{Rect, Wall};
use raytruth_task::props::PropKind;

/// The families of places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// Corridors between walls.
    Maze,
    /// A flat: rooms with doors and furniture.
    Rooms,
    /// A square below the sky, between a high wall around it and low ones in it.
    Plaza,
}

impl Family {
    pub(crate) const NAMES: [&str; 3] = ["maze", "rooms", "plaza"];

    pub(crate) fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// A place.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub family: Family,
    /// All of it, up to the middles of its outermost walls.
    pub area: Rect,
    /// Along x or y. Those around a plaza are high, those in it are low: one sees over them.
    pub walls: Vec<Wall>,
    /// Height of the outermost.
    pub height: f32,
    /// Whether there is a ceiling; else the sky is seen above the walls.
    pub roofed: bool,
    /// What has a name. The last is the goal.
    pub landmarks: Vec<Landmark>,
    /// What only stands in the way.
    pub furniture: Vec<Furniture>,
    /// Middles of cells and rooms: below them nothing stands in the way of a lamp.
    pub middles: Vec<Vec2>,
}

/// A thing with a name, by which one finds one's way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Landmark {
    pub form: Form,
    pub paint: Paint,
    /// Middle of its foot; of what hangs on a wall, the point of the wall's face below its middle.
    pub at: Vec2,
    /// The way its front looks, along x or y: out of the wall that it hangs on or stands at.
    pub out: Vec2,
}

/// A thing without a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Furniture {
    pub kind: PropKind,
    pub variant: u32,
    pub at: Vec2,
    /// The way its front looks, along x or y.
    pub out: Vec2,
    /// Edges of its bounds when its front looks to −y.
    pub size: Vec3,
}

/// What a landmark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// On a pillar.
    Ball,
    /// On a pillar.
    Cube,
    /// On a pillar.
    Cone,
    /// Standing on a pillar, its hole to the front.
    Ring,
    /// On a pillar.
    Vase,
    /// A shut door in a wall.
    Door,
    /// To sit in.
    Armchair,
    /// For two.
    Sofa,
    /// With boards of its colour.
    Bookcase,
    /// Basin, pillar and bowl; no water moves.
    Fountain,
    /// One can look through it.
    Arch,
    /// A small booth with a roof.
    Kiosk,
    /// A tall slender stone.
    Obelisk,
    /// A trunk in a tub, its crown of its colour.
    Tree,
    /// A market umbrella.
    Parasol,
    /// A column with a ball on it.
    Column,
}

impl Form {
    /// What stands on a pillar.
    pub(crate) const SCULPTURES: [Self; 5] = [Self::Ball, Self::Cube, Self::Cone, Self::Ring, Self::Vase];
    /// What stands in rooms, besides sculptures.
    pub(crate) const PIECES: [Self; 3] = [Self::Armchair, Self::Sofa, Self::Bookcase];
    /// What stands on squares.
    pub(crate) const MONUMENTS: [Self; 7] =
        [Self::Fountain, Self::Arch, Self::Kiosk, Self::Obelisk, Self::Tree, Self::Parasol, Self::Column];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ball => "ball",
            Self::Cube => "cube",
            Self::Cone => "cone",
            Self::Ring => "ring",
            Self::Vase => "vase",
            Self::Door => "door",
            Self::Armchair => "armchair",
            Self::Sofa => "sofa",
            Self::Bookcase => "bookcase",
            Self::Fountain => "fountain",
            Self::Arch => "arch",
            Self::Kiosk => "kiosk",
            Self::Obelisk => "obelisk",
            Self::Tree => "tree",
            Self::Parasol => "parasol",
            Self::Column => "column",
        }
    }

    /// Edges of its bounds when its front looks to −y: across, deep, high. It fits into them.
    pub(crate) fn size(self) -> Vec3 {
        match self {
            Self::Ball | Self::Cube | Self::Cone | Self::Ring | Self::Vase => vec3(0.44, 0.44, 1.5),
            Self::Door => vec3(1.02, 0.06, 2.12),
            Self::Armchair => vec3(0.8, 0.8, 0.95),
            Self::Sofa => vec3(1.7, 0.8, 0.95),
            Self::Bookcase => vec3(0.95, 0.36, 1.9),
            Self::Fountain => vec3(0.9, 0.9, 1.5),
            Self::Arch => vec3(1.4, 0.4, 2.3),
            Self::Kiosk => vec3(0.9, 0.9, 2.4),
            Self::Obelisk => vec3(0.6, 0.6, 2.7),
            Self::Tree => vec3(0.9, 0.9, 2.6),
            Self::Parasol => vec3(0.9, 0.9, 2.4),
            Self::Column => vec3(0.5, 0.5, 2.4),
        }
    }

    /// Whether it hangs on a wall: nobody walks into it.
    pub(crate) fn hangs(self) -> bool {
        self == Self::Door
    }
}

impl Landmark {
    /// As prompts call it: `red ball`.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.paint.name, self.form.name())
    }

    /// As the scene calls it: `red_ball`.
    pub(crate) fn id(&self) -> String {
        self.name().replace(' ', "_")
    }

    /// Its bounds on the floor.
    pub(crate) fn footprint(&self) -> Rect {
        let size = self.form.size();
        let half = 0.5 * turned(size.truncate(), self.out);
        let middle = if self.form.hangs() { self.at + 0.5 * size.y * self.out } else { self.at };
        Rect::new(middle - half, middle + half)
    }
}

impl Furniture {
    /// Its bounds on the floor.
    pub(crate) fn footprint(&self) -> Rect {
        let size = turned(self.size.truncate(), self.out);
        Rect::new(self.at - 0.5 * size, self.at + 0.5 * size)
    }
}

/// Extents of what is so large when it looks along y, and looks along `out`.
pub(crate) fn turned(size: Vec2, out: Vec2) -> Vec2 {
    if out.x.abs() > out.y.abs() { Vec2::new(size.y, size.x) } else { size }
}
