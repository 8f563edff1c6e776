// Made from spec/contract by tools/generate; changes here are lost.

//! The types of the contract.

use crate::wire::*;

mod sample;

pub use sample::*;
