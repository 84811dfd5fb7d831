//! cargo bench: render throughput, BVH build, physics bake, encode, eval.
