//! A path tracer on wgpu compute shaders: a scene in, linear radiance and passes out.
