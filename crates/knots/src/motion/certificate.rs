//! The proof that nothing passes through anything.

use thiserror::Error;

use super::Motion;
use super::interval::{Between, Near};
use crate::curve::Link;
use crate::{Error, Result};

/// How often an interval of time is halved.
const LEVELS: u32 = 12;
/// Pairs of edges that are looked at in one step: some seconds. What moves little takes a hundredth.
const MOST_PAIRS: u64 = 60_000_000;
/// Pairs that may be open at once: memory is bounded too.
const MOST_OPEN: usize = 10_000_000;

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Strand {
    /// The polygon itself, without thickness.
    Thin,
    /// A tube about the spline through the vertices.
    Tube {
        /// Its radius.
        radius: f64,
    },
}

impl Strand {
    /// The sharpest bend that a tube allows.
    fn least_bend(self) -> f64 {
        match self {
            Self::Thin => 0.0,
            Self::Tube { radius } => radius,
        }
    }
}

/// What was proven.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Certificate {
    /// The surfaces of the tubes (the edges, if they are thin) were at least this far apart at all times. Neighbours along the curve, which its bend
    /// keeps apart, do not count; if there are no other pairs the gap is infinite.
    pub gap: f64,
    /// The drawn curves bent no more sharply than a circle of this radius at any time; infinite for thin strands.
    pub radius: f64,
    /// How often an interval was halved, at most.
    pub depth: u32,
}

/// Where a motion is refused. It may pass there, or be too near to tell. Edges are counted through the components.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum Refused {
    /// Two edges.
    #[error("edges {} and {} may meet at frame {time}", edges[0], edges[1])]
    Meet {
        /// The edges.
        edges: [usize; 2],
        /// When, in frames.
        time: f64,
    },
    /// An edge and the next.
    #[error("edge {edge} may fold onto the next at frame {time}")]
    Fold {
        /// The edge.
        edge: usize,
        /// When, in frames.
        time: f64,
    },
    /// The drawn spline bends too sharply for the tube, or its vertices are too few to tell.
    #[error("the curve bends too sharply for its tube along edge {edge} at frame {time}")]
    Sharp {
        /// The edge.
        edge: usize,
        /// When, in frames.
        time: f64,
    },
    /// Too much moves too far for a proof in good time.
    #[error("the proof takes too long at frame {time}: move less from frame to frame, or use fewer vertices")]
    Long {
        /// When, in frames.
        time: f64,
    },
}

/// Proves that a motion is free of passing, and that tubes about it never overlap; each step between two frames as [`certify_step`] does.
///
/// # Errors
/// [`Error::Motion`] where that could not be proven; [`Error::OutOfRange`] for a radius that is no length.
pub fn certify(motion: &Motion, strand: Strand) -> Result<Certificate> {
    let frames = motion.frames();
    if let [only] = frames {
        return certify_step(only, only, strand);
    }
    let mut all = Certificate { gap: f64::INFINITY, radius: f64::INFINITY, depth: 0 };
    for (frame, pair) in frames.windows(2).enumerate() {
        let step = certify_step(&pair[0], &pair[1], strand).map_err(|error| later(error, frame as f64))?;
        all = Certificate { gap: all.gap.min(step.gap), radius: all.radius.min(step.radius), depth: all.depth.max(step.depth) };
    }
    Ok(all)
}

fn later(error: Error, by: f64) -> Error {
    let Error::Motion(mut refused) = error else { return error };
    let (Refused::Meet { time, .. } | Refused::Fold { time, .. } | Refused::Sharp { time, .. } | Refused::Long { time }) =
        &mut refused;
    *time += by;
    refused.into()
}

/// Proves one step from a link to another with the same numbers of vertices. Every vertex moves in a straight line at a constant speed.
///
/// For every pair of edges that share no vertex: their distance in the middle of an interval of time, less the most that their ends may have
/// moved against each other by its ends, must exceed what the drawn tubes need. Otherwise the interval is halved, 12 times at most, and then
/// refused. Edges that follow each other must not fold. Of tubes it is proven in the same way that the curve bends no more sharply than the tube
/// is thick; then a tube can meet itself only where a chord is normal to the curve at both ends, and between such ends the tangent turns by π or
/// more ([`crate::curve::Clearance::reach`] names the sources): pairs of edges between which it turns less need no gap.
///
/// # Errors
/// As [`certify`]; [`Error::FramesDiffer`].
pub fn certify_step(from: &Link, to: &Link, strand: Strand) -> Result<Certificate> {
    certify_drawn(from, to, strand, Drawn { edges: &vec![true; from.edge_count()], least_bend: strand.least_bend() })
}

/// Which edges of a link are drawn, and how sharply it may bend.
#[derive(Clone, Copy, Debug)]
pub struct Drawn<'a> {
    /// Whether each edge is there, counted through the components: strands may be cut open. Where a strand is cut its last span is drawn as if the
    /// strand went straight on. The ends of a cut may be near each other as long as the edges between them lead from one to the other as a strand
    /// would, bending no more sharply than is allowed; as soon as they do not, the ends are as foreign to each other as different strands.
    pub edges: &'a [bool],
    /// The curve may bend as sharply as a circle of this radius. Where that is less than the tube's, the tube may crease, as a rope that is bent over
    /// a finger does; other strands, and its own from where it has turned around, are kept from it as before.
    pub least_bend: f64,
}

/// As [`certify_step`], for a link of which only some edges are drawn. The others may pass through anything.
///
/// # Errors
/// As [`certify_step`]; [`Error::OutOfRange`] where the edges are not as many as the link has.
pub fn certify_drawn(from: &Link, to: &Link, strand: Strand, drawn: Drawn<'_>) -> Result<Certificate> {
    if drawn.edges.len() != from.edge_count() {
        let value = drawn.edges.len() as f64;
        return Err(Error::OutOfRange { what: "number of edges told of", value, must: "the link's number of edges" });
    }
    let edges: Vec<usize> = (0..drawn.edges.len()).filter(|edge| drawn.edges[*edge]).collect();
    certify_edges((from, to), strand, &edges, &drawn, None)
}

/// As [`certify_step`], for edges that lie elsewhere than in a link which was certified: those that lie in it need no proof among each other.
pub(super) fn certify_change(certified: &Link, from: &Link, to: &Link, strand: Strand) -> Result<Certificate> {
    let stays: Vec<bool> =
        certified.vertices().zip(from.vertices()).zip(to.vertices()).map(|((a, b), c)| a == b && b == c).collect();
    let mut lies = Vec::with_capacity(stays.len());
    let mut first = 0;
    for polygon in certified.components() {
        let n = polygon.len();
        // A span is drawn from four vertices, and whether it is safe is asked of it and the next.
        lies.extend((0..n).map(|k| [n - 1, 0, 1, 2, 3].iter().all(|step| stays[first + (k + step) % n])));
        first += n;
    }
    let edges: Vec<usize> = (0..lies.len()).filter(|edge| !lies[*edge]).collect();
    let drawn = Drawn { edges: &vec![true; lies.len()], least_bend: strand.least_bend() };
    certify_edges((from, to), strand, &edges, &drawn, Some(&lies))
}

/// Proves edges, and pairs of edges of which not both lie where they did.
fn certify_edges(
    (from, to): (&Link, &Link),
    strand: Strand,
    edges: &[usize],
    drawn: &Drawn<'_>,
    lies: Option<&[bool]>,
) -> Result<Certificate> {
    if let Strand::Tube { radius } = strand
        && !(radius.is_finite() && radius > 0.0)
    {
        return Err(Error::OutOfRange { what: "the tube's radius", value: radius, must: "finite and above 0" });
    }
    if !(drawn.least_bend.is_finite() && drawn.least_bend >= 0.0) {
        return Err(Error::OutOfRange { what: "the least bend", value: drawn.least_bend, must: "finite and at least 0" });
    }
    let counts = |link: &Link| link.components().iter().map(|c| c.len()).collect::<Vec<_>>();
    if counts(from) != counts(to) {
        return Err(Error::FramesDiffer(1));
    }
    let between = Between::new(from, to, strand, drawn);
    let found = Certificate { gap: f64::INFINITY, radius: f64::INFINITY, depth: 0 };
    let mut proof = Proof { between: &between, found, looked: 0 };
    let pairs = lies.map_or(Pairs::All, Pairs::Changed);
    proof.halve(0.5, 0.5, pairs, edges, if from == to { LEVELS } else { 0 })?;
    Ok(proof.found)
}

/// Which pairs of edges are to be proven.
#[derive(Clone, Copy)]
enum Pairs<'a> {
    All,
    /// All but those of two edges that lie as they did.
    Changed(&'a [bool]),
    These(&'a [[u32; 2]]),
}

struct Proof<'a> {
    between: &'a Between,
    found: Certificate,
    /// Pairs looked at.
    looked: u64,
}

impl Proof<'_> {
    /// Proves what is still open over an interval; what cannot be, over its halves.
    fn halve(&mut self, time: f64, half: f64, pairs: Pairs, edges: &[usize], level: u32) -> Result<(), Refused> {
        let interval = self.between.interval(time, half);
        self.found.depth = self.found.depth.max(level);
        let is_last = level == LEVELS;
        let mut open_edges = Vec::new();
        for &edge in edges {
            match interval.safe_bend(edge) {
                Some(bend) if interval.unfolded(edge) => self.found.radius = self.found.radius.min(bend.radius),
                None if is_last => return Err(Refused::Sharp { edge, time }),
                Some(_) if is_last => return Err(Refused::Fold { edge, time }),
                _ => open_edges.push(edge),
            }
        }
        if !open_edges.is_empty() {
            self.refuse_early(time, &[], &open_edges)?;
        }
        let mut open_pairs: Vec<[u32; 2]> = Vec::new();
        let mut look = |near: Near| {
            self.looked += 1;
            if self.looked > MOST_PAIRS || open_pairs.len() > MOST_OPEN {
                return Err(Refused::Long { time });
            }
            let (gap, pair) = match near {
                Near::Blocks(gap) => (Some(gap), [0, 0]),
                Near::Edges(i, j) => (interval.gap(i, j), [i, j]),
            };
            match gap {
                None => {}
                Some(gap) if gap > 0.0 => self.found.gap = self.found.gap.min(gap),
                _ if is_last => return Err(Refused::Meet { edges: pair, time }),
                _ => open_pairs.push(pair.map(|edge| edge as u32)),
            }
            Ok(())
        };
        match pairs {
            Pairs::All => interval.each_pair(|_| false, look)?,
            Pairs::Changed(lies) => interval.each_pair(|edge| lies[edge], look)?,
            Pairs::These(pairs) => pairs.iter().try_for_each(|[i, j]| look(Near::Edges(*i as usize, *j as usize)))?,
        }
        if !open_pairs.is_empty() {
            self.refuse_early(time, &open_pairs, &[])?;
        }
        drop(interval);
        if !open_edges.is_empty() || !open_pairs.is_empty() {
            for side in [-0.5, 0.5] {
                self.halve(time + side * half, 0.5 * half, Pairs::These(&open_pairs), &open_edges, level + 1)?;
            }
        }
        Ok(())
    }

    /// What does not even hold in the middle, without any motion, no halving can prove.
    fn refuse_early(&self, time: f64, pairs: &[[u32; 2]], edges: &[usize]) -> Result<(), Refused> {
        let still = self.between.interval(time, 0.0);
        if let Some(&edge) = edges.iter().find(|edge| still.safe_bend(**edge).is_none()) {
            return Err(Refused::Sharp { edge, time });
        }
        let meets = |pair: &[u32; 2]| still.gap(pair[0] as usize, pair[1] as usize).is_some_and(|gap| gap <= 0.0);
        match pairs.iter().find(|pair| meets(pair)) {
            Some(pair) => Err(Refused::Meet { edges: pair.map(|edge| edge as usize), time }),
            None => Ok(()),
        }
    }
}
