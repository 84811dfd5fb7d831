//! Material-momentum causality: a ball rolls down a ramp, and its material decides what happens.
