//! H.264 MP4 in and out through FFmpeg.
