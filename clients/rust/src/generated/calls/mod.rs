// Made from spec/contract by tools/generate; changes here are lost.

//! The methods of the contract, a client for each domain.

use super::types::*;
use crate::wire::*;

mod accounts;
mod auth;
mod blobs;
mod flists;
mod journal;
mod rpc;
mod server;
mod sites;
mod transfers;

pub use accounts::*;
pub use auth::*;
pub use blobs::*;
pub use flists::*;
pub use journal::*;
pub use rpc::*;
pub use server::*;
pub use sites::*;
pub use transfers::*;

impl Client {
    /// The methods of `rpc`.
    pub fn rpc(&self) -> Rpc<'_> {
        Rpc { client: self }
    }

    /// The methods of `server`.
    pub fn server(&self) -> Server<'_> {
        Server { client: self }
    }

    /// The methods of `auth`.
    pub fn auth(&self) -> Auth<'_> {
        Auth { client: self }
    }

    /// The methods of `accounts`.
    pub fn accounts(&self) -> Accounts<'_> {
        Accounts { client: self }
    }

    /// The methods of `blobs`.
    pub fn blobs(&self) -> Blobs<'_> {
        Blobs { client: self }
    }

    /// The methods of `transfers`.
    pub fn transfers(&self) -> Transfers<'_> {
        Transfers { client: self }
    }

    /// The methods of `flists`.
    pub fn flists(&self) -> Flists<'_> {
        Flists { client: self }
    }

    /// The methods of `sites`.
    pub fn sites(&self) -> Sites<'_> {
        Sites { client: self }
    }

    /// The methods of `journal`.
    pub fn journal(&self) -> Journal<'_> {
        Journal { client: self }
    }
}
