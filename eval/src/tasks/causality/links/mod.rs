//! The links of the causal chain. Each is a fraction, `0..=1`, of what it can earn.

mod approach;
mod contact;
mod momentum;
mod outcome;
mod places;
mod release;
mod response;
