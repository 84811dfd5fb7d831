//! Rigid-body simulation with rapier3d: bodies in, poses over time and contact events out.
