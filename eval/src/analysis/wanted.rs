//! What a task wants looked at.

use crate::Truth;

/// What a task wants looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Things followed by their colour.
    pub(crate) targets: Vec<usize>,
    /// The round thing whose known way sets the clock, and the frame of the truth up to which that way is known.
    pub(crate) disc: Option<(usize, usize)>,
    /// Things that stand before the disc at the start, and leave.
    pub(crate) latches: Vec<usize>,
    /// Things followed by their colour whose movements set the clock, if there is no disc.
    pub(crate) paced: Vec<usize>,
    /// Things followed by their colour whose places are the answer.
    pub(crate) sought: Vec<usize>,
    /// Those of them that come to light where only images of them were: whether they do is the answer, and not to the frame when.
    pub(crate) unveiled: Vec<usize>,
    /// Things that are not followed, whose hues, if they have any, are not to be taken for those that are.
    pub(crate) known: Vec<usize>,
}

impl Wanted {
    /// Things to follow by their colour, by their names in the truth.
    ///
    /// # Errors
    /// A sentence if the truth has no such object.
    pub fn colors<'a>(truth: &Truth, names: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        Ok(Self { targets: names.into_iter().map(|n| index(truth, n)).collect::<Result<_, _>>()?, ..Self::default() })
    }

    /// The same, and a round thing, whose way up to a frame of the truth sets the clock.
    ///
    /// # Errors
    /// A sentence if the truth has no such object.
    pub fn disc(self, truth: &Truth, name: &str, until: u32) -> Result<Self, String> {
        Ok(Self { disc: Some((index(truth, name)?, until as usize)), ..self })
    }

    /// The same, and what stands before the round thing at the start, and leaves.
    ///
    /// # Errors
    /// A sentence if the truth has no such object.
    pub fn latch(mut self, truth: &Truth, name: &str) -> Result<Self, String> {
        self.latches.push(index(truth, name)?);
        Ok(self)
    }

    /// The same, and some of the things followed by their colour set the clock by their movements, whichever of them is where.
    ///
    /// # Errors
    /// A sentence if the truth has no such object.
    pub fn paced<'a>(mut self, truth: &Truth, names: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        self.paced = names.into_iter().map(|n| index(truth, n)).collect::<Result<_, _>>()?;
        Ok(self)
    }

    /// The same, and the place of one of the things followed by their colour is the answer: in a wrong one it is not foreign.
    ///
    /// # Errors
    /// A sentence if the truth has no such object.
    pub fn sought(mut self, truth: &Truth, name: &str) -> Result<Self, String> {
        self.sought.push(index(truth, name)?);
        Ok(self)
    }

    /// The same, and of one of the things followed by their colour only images are seen at first: that it is not there yet is no fault, nor that
    /// it comes to light beside its image.
    ///
    /// # Errors
    /// A sentence if the truth has no such object.
    pub fn unveiled(mut self, truth: &Truth, name: &str) -> Result<Self, String> {
        self.unveiled.push(index(truth, name)?);
        Ok(self)
    }

    /// The same, and of whatever else is in the truth a hue is known: it is not taken for that of something that is followed.
    #[must_use]
    pub fn all_known(mut self, truth: &Truth) -> Self {
        self.known = (0..truth.objects.len()).filter(|thing| !self.targets.contains(thing)).collect();
        self
    }

    /// What is followed, but not by its colour.
    pub(crate) fn others(&self) -> Vec<usize> {
        self.disc.iter().map(|(thing, _)| *thing).collect()
    }
}

fn index(truth: &Truth, name: &str) -> Result<usize, String> {
    let found = truth.objects.iter().position(|o| o.name == name);
    found.ok_or_else(|| format!("truth.objects has no `{name}`"))
}
