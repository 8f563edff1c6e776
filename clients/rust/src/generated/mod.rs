// Made from spec/contract by tools/generate; changes here are lost.

//! The contract in Rust.

pub mod calls;
pub mod errors;
pub mod types;

/// The version of the contract that this client was made from.
pub const CONTRACT_VERSION: &str = "0.1.0";

/// The methods of the contract, and who may call each: `guest`, `user` or `admin`.
pub const METHODS: &[(&str, &str)] = &[
    ("rpc.discover", "guest"),
    ("server.info", "guest"),
    ("server.status", "user"),
    ("auth.challenge", "guest"),
    ("auth.login", "guest"),
    ("auth.resume", "guest"),
    ("auth.logout", "guest"),
    ("auth.whoami", "guest"),
    ("auth.sessions", "user"),
    ("auth.revoke", "user"),
    ("accounts.create", "admin"),
    ("accounts.get", "user"),
    ("accounts.list", "admin"),
    ("accounts.update", "admin"),
    ("accounts.delete", "admin"),
    ("accounts.addKey", "admin"),
    ("accounts.removeKey", "admin"),
    ("accounts.setPassword", "admin"),
    ("blobs.has", "user"),
    ("blobs.stat", "user"),
    ("blobs.list", "admin"),
    ("blobs.put", "admin"),
    ("blobs.get", "user"),
    ("blobs.verify", "user"),
    ("blobs.scrub", "admin"),
    ("blobs.delete", "admin"),
    ("blobs.collect", "admin"),
    ("blobs.upload", "admin"),
    ("blobs.download", "user"),
    ("transfers.get", "user"),
    ("transfers.list", "user"),
    ("transfers.cancel", "user"),
    ("flists.list", "guest"),
    ("flists.get", "guest"),
    ("flists.tree", "guest"),
    ("flists.put", "admin"),
    ("flists.upload", "admin"),
    ("flists.download", "user"),
    ("flists.update", "admin"),
    ("flists.verify", "user"),
    ("flists.diff", "user"),
    ("flists.delete", "admin"),
    ("sites.publish", "admin"),
    ("sites.list", "guest"),
    ("sites.update", "admin"),
    ("sites.unpublish", "admin"),
    ("journal.query", "admin"),
    ("journal.totals", "admin"),
    ("journal.watch", "admin"),
];
