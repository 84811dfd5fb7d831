//! The life of a sample: draw, render, encode, score, write, resume.
