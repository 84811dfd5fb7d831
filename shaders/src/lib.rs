//! The WGSL of raytruth: one kernel a file, shared code imported by name.
