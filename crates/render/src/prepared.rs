use std::sync::Arc;

use raytruth_scene::{Painted, Scene};

use crate::ahead::{Ahead, Step};
use crate::world::World;
use crate::{RenderError, RenderSettings};

/// A scene made ready on the host, for any device: what takes milliseconds to seconds before a device has anything to do. It needs no device,
/// so other threads can make the next clip's while one renders ([`crate::Renderer::play`]).
pub struct Prepared {
    pub(crate) settings: RenderSettings,
    pub(crate) world: Arc<World>,
    /// Each overlay as it is laid over.
    pub(crate) overlays: Vec<Painted>,
    pub(crate) ahead: Ahead,
}

impl Prepared {
    /// Validates a scene and makes it ready.
    ///
    /// # Errors
    /// When the settings or the scene are invalid. Whether an adapter can hold it shows when it is played.
    pub fn new(scene: &Scene, settings: &RenderSettings) -> Result<Self, RenderError> {
        settings.validate()?;
        let world = Arc::new(World::new(scene, settings)?);
        let size = (settings.width, settings.height);
        let overlays = scene.overlays.iter().map(|overlay| overlay.paint(scene, size)).collect();
        Ok(Self { settings: settings.clone(), world, overlays, ahead: Ahead::default() })
    }

    /// The scene.
    #[must_use]
    pub fn scene(&self) -> &Scene {
        self.world.scene()
    }

    /// How it is to be rendered.
    #[must_use]
    pub const fn settings(&self) -> &RenderSettings {
        &self.settings
    }

    /// Makes the first frame's hierarchy too, for who begins with it.
    #[must_use]
    pub fn with_first_frame(mut self) -> Self {
        let moment = self.world.exposure.moments(0).swap_remove(0);
        self.ahead = Ahead::built(&self.world, Step::new(0, &moment, self.settings.seed));
        self
    }
}
