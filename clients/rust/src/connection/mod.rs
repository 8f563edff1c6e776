//! Connections that carry many calls at once: a stream of lines, or a WebSocket.

mod calls;
mod dial;
mod framing;
mod message;
mod session;
mod sessions;
mod tls;
mod websocket;

pub(crate) use dial::Dialer;
pub(crate) use message::{Handler, Incoming, Outgoing, Reply};
pub(crate) use session::OpenSession;
pub(crate) use sessions::Sessions;
