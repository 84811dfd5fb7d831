//! Ground-truth video for 3D video reasoning: scenes, physics, a GPU path tracer, video and scoring as one library.
