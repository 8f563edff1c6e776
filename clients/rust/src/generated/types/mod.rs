// Made from spec/contract by tools/generate; changes here are lost.

//! The types of the contract.

use crate::wire::*;

mod accounts;
mod auth;
mod blobs;
mod flists;
mod journal;
mod server;
mod sites;
mod transfers;

pub use accounts::*;
pub use auth::*;
pub use blobs::*;
pub use flists::*;
pub use journal::*;
pub use server::*;
pub use sites::*;
pub use transfers::*;
