//! HTTP: calls as requests, and the routes that bulk bytes take.

mod answer;
mod pool;

pub(crate) use answer::Answer;
pub(crate) use pool::{error_of, Http};
