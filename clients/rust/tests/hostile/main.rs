//! Servers that do what no server should: every fault is a typed error, nothing hangs, nothing
//! panics, nothing is kept.
#![cfg(unix)]

mod bulk;
mod calls;
mod flists;
mod frames;
mod logins;
mod reports;
mod support;
mod web_socket;
