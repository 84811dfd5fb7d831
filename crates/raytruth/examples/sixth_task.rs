//! A reasoning task outside of the tree.
fn main() {}
