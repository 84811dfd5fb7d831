//! Nothing but a place for the benches. What they measure, and most of how, is `raytruth-bench`, which `raytruth bench` runs too.
