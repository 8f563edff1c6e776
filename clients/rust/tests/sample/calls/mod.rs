// Made from spec/contract by tools/generate; changes here are lost.

//! The methods of the contract, a client for each domain.

use super::types::*;
use crate::wire::*;

mod sample;

pub use sample::*;

impl Client {
    /// The methods of `sample`.
    pub fn sample(&self) -> Sample<'_> {
        Sample { client: self }
    }
}
