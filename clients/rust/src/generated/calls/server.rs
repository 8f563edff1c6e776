// Made from spec/contract by tools/generate; changes here are lost.

//! The methods of `server`.

use super::*;

/// Calls the methods of `server`. Calls may overlap.
#[derive(Debug, Clone, Copy)]
pub struct Server<'c> {
    pub(super) client: &'c Client,
}

impl Server<'_> {
    /// What this server is and which limits it has.
    ///
    /// Constant while the server runs. A client reads it once to learn the limits that it has to
    /// keep.
    ///
    /// Access: `guest`. The answer is [`ServerInfo`].
    pub fn info(&self) -> Request<ServerInfoParams> {
        let params = ServerInfoParams {};
        self.client.request(params)
    }

    /// How this server is doing now.
    ///
    /// Figures of the moment: they may be old by the time they are read.
    ///
    /// Access: `user`. The answer is [`ServerStatus`].
    ///
    /// # Errors
    ///
    /// - [`internal`](crate::ErrorKind::Internal): The server failed. The reference is also in its
    ///   log.
    /// - [`unauthenticated`](crate::ErrorKind::Unauthenticated): The method needs an account and
    ///   the caller is a guest, or what the caller wants to prove itself with is not accepted.
    /// - [`forbidden`](crate::ErrorKind::Forbidden): The caller is known and may not do this.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    pub fn status(&self) -> Request<ServerStatusParams> {
        let params = ServerStatusParams {};
        self.client.request(params)
    }
}

/// The parameters of `server.info`.
#[derive(Debug, Clone, Serialize)]
pub struct ServerInfoParams {}

impl Method for ServerInfoParams {
    const NAME: &'static str = "server.info";
    type Output = ServerInfo;
}

/// The parameters of `server.status`.
#[derive(Debug, Clone, Serialize)]
pub struct ServerStatusParams {}

impl Method for ServerStatusParams {
    const NAME: &'static str = "server.status";
    type Output = ServerStatus;
}
