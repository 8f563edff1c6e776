//! The connection that calls go over, opened again when it broke.

use std::sync::{Arc, Mutex, PoisonError};

use super::framing::{LineReader, MessageReader, MessageWriter};
use super::session::OpenSession;
use super::websocket;
use crate::client::Inner;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::login;

/// The connection of a client.
#[derive(Default)]
pub(crate) struct Sessions {
    current: Mutex<Option<Arc<OpenSession>>>,
    opening: tokio::sync::Mutex<()>,
}

impl Sessions {
    /// The connection, if it is open.
    pub(crate) fn current(&self) -> Option<Arc<OpenSession>> {
        let current = self
            .current
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        current.filter(|session| session.is_open())
    }

    /// The connection, opened if it is not.
    pub(crate) async fn open(&self, inner: &Arc<Inner>) -> Result<Arc<OpenSession>, Error> {
        let _only_one = self.opening.lock().await;
        if let Some(session) = self.current() {
            return Ok(session);
        }

        let session = Arc::new(start(inner).await?);
        if !matches!(inner.endpoint, Endpoint::WebSocket(_)) {
            login::resume(inner, &session).await?;
        }

        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&session));
        Ok(session)
    }
}

async fn start(inner: &Arc<Inner>) -> Result<OpenSession, Error> {
    let limit = inner.options.max_message_bytes;
    if let Endpoint::WebSocket(_) = inner.endpoint {
        let (reader, writer) = websocket::open(inner).await?;
        return Ok(OpenSession::start(
            MessageReader::WebSocket(reader),
            MessageWriter::WebSocket(writer),
        ));
    }

    let (read, write) = inner.dialer.connect().await?.split();
    Ok(OpenSession::start(
        MessageReader::Lines(LineReader::new(read, limit)),
        MessageWriter::Lines(write),
    ))
}
