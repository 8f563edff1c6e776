//! Sends a body piece by piece while the answer may come already.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use bytes::{Bytes, BytesMut};
use hyper::{Body, Request, StatusCode};
use serde::de::DeserializeOwned;
use tokio::io::{AsyncRead, AsyncReadExt};

use super::PIECE;
use crate::client::Inner;
use crate::error::Error;
use crate::http;
use crate::login;

/// A body on its way. Whatever ends before [`Self::finish`] breaks it off, so that the server does
/// not take it for whole.
pub(crate) struct BodySender(Option<hyper::body::Sender>);

impl BodySender {
    /// Sends a piece; false when nobody takes it any more, and the answer says why.
    pub(crate) async fn push(&mut self, piece: Bytes) -> bool {
        match &mut self.0 {
            Some(sender) => sender.send_data(piece).await.is_ok(),
            None => false,
        }
    }

    /// Says that the body is whole.
    pub(crate) fn finish(mut self) {
        self.0 = None;
    }
}

impl Drop for BodySender {
    fn drop(&mut self) {
        if let Some(sender) = self.0.take() {
            sender.abort();
        }
    }
}

/// What a request with a body was answered.
pub(crate) struct Received {
    pub(crate) status: StatusCode,
    pub(crate) json: Bytes,
}

impl Received {
    /// The value that a success has.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, Error> {
        if !self.status.is_success() {
            return Err(http::error_of(self.status.as_u16(), &self.json));
        }

        serde_json::from_slice(&self.json)
            .map_err(|e| Error::protocol(format!("the answer is not what the contract says: {e}")))
    }
}

/// Sends a request whose body `produce` writes. An answer that comes before the body's end is the
/// answer; then nothing more is sent.
pub(crate) async fn send<F>(
    inner: &Arc<Inner>,
    request: hyper::http::request::Builder,
    produce: impl FnOnce(BodySender) -> F,
) -> Result<Received, Error>
where
    F: Future<Output = Result<(), Error>>,
{
    let token = login::token_for_http(inner).await?;
    let (sender, body) = Body::channel();
    let request: hyper::http::Result<Request<Body>> = request.body(body);
    let mut exchange = pin!(async {
        let answer = inner.http.send(inner, request, token.as_deref()).await?;
        let status = answer.status();
        let json = answer.read_all(inner.options.max_message_bytes).await?;
        Ok(Received { status, json })
    });
    let mut produced = pin!(produce(BodySender(Some(sender))));
    let mut is_produced = false;
    std::future::poll_fn(|cx| {
        // The body is kept until the answer is whole: breaking it off ends the connection.
        if let Poll::Ready(received) = exchange.as_mut().poll(cx) {
            return Poll::Ready(received);
        }

        if !is_produced {
            if let Poll::Ready(outcome) = produced.as_mut().poll(cx) {
                is_produced = true;
                if let Err(e) = outcome {
                    return Poll::Ready(Err(e));
                }
            }
        }

        exchange.as_mut().poll(cx)
    })
    .await
}

/// Sends what a reader gives, and tells `moved` of each piece.
pub(crate) async fn copy(
    mut reader: impl AsyncRead + Unpin,
    mut sender: BodySender,
    mut moved: impl FnMut(usize),
) -> Result<(), Error> {
    let mut buffer = BytesMut::new();
    loop {
        buffer.reserve(PIECE);
        match reader.read_buf(&mut buffer).await.map_err(Error::from_io)? {
            0 => {
                sender.finish();
                return Ok(());
            }
            count if sender.push(buffer.split().freeze()).await => moved(count),
            _ => return Ok(()),
        }
    }
}
