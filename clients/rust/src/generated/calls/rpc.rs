// Made from spec/contract by tools/generate; changes here are lost.

//! The methods of `rpc`.

use super::*;

/// Calls the methods of `rpc`. Calls may overlap.
#[derive(Debug, Clone, Copy)]
pub struct Rpc<'c> {
    pub(super) client: &'c Client,
}

impl Rpc<'_> {
    /// The contract of this server.
    ///
    /// Returns this OpenRPC document, as `GET /openrpc.json` does.
    ///
    /// Access: `guest`. The answer is JSON as it is.
    pub fn discover(&self) -> Request<RpcDiscoverParams> {
        let params = RpcDiscoverParams {};
        self.client.request(params)
    }
}

/// The parameters of `rpc.discover`.
#[derive(Debug, Clone, Serialize)]
pub struct RpcDiscoverParams {}

impl Method for RpcDiscoverParams {
    const NAME: &'static str = "rpc.discover";
    type Output = Value;
}
