// Made from spec/contract by tools/generate; changes here are lost.

//! The contract in Rust.

pub mod calls;
pub mod errors;
pub mod types;

/// The version of the contract that this client was made from.
pub const CONTRACT_VERSION: &str = "1.0.0";

/// The methods of the contract, and who may call each: `guest`, `user` or `admin`.
pub const METHODS: &[(&str, &str)] = &[("sample.echo", "guest"), ("sample.match", "user")];
