//! Sends a body piece by piece while the answer may come already.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use bytes::{Bytes, BytesMut};
use hyper::{Body, Request};
use tokio::io::{AsyncRead, AsyncReadExt};

use super::PIECE;
use crate::client::Inner;
use crate::error::Error;
use crate::http::Answer;
use crate::login;

/// Sends a request whose body `produce` writes. An answer that comes before the body's end is the
/// answer; then nothing more is sent.
pub(super) async fn send<F>(
    inner: &Arc<Inner>,
    request: hyper::http::request::Builder,
    produce: impl FnOnce(hyper::body::Sender) -> F,
) -> Result<Answer, Error>
where
    F: Future<Output = Result<(), Error>>,
{
    let token = login::token_for_http(inner).await?;
    let (sender, body) = Body::channel();
    let request: hyper::http::Result<Request<Body>> = request.body(body);
    let mut answer = pin!(inner.http.send(inner, request, token.as_deref()));
    let mut produced = pin!(produce(sender));
    let mut is_produced = false;
    std::future::poll_fn(|cx| {
        if let Poll::Ready(answer) = answer.as_mut().poll(cx) {
            return Poll::Ready(answer);
        }

        if !is_produced {
            if let Poll::Ready(outcome) = produced.as_mut().poll(cx) {
                is_produced = true;
                if let Err(e) = outcome {
                    return Poll::Ready(Err(e));
                }
            }
        }

        answer.as_mut().poll(cx)
    })
    .await
}

/// Sends a piece; false when nobody takes it any more, and the answer says why.
pub(super) async fn push(sender: &mut hyper::body::Sender, piece: Bytes) -> bool {
    sender.send_data(piece).await.is_ok()
}

/// Sends what a reader gives.
pub(super) async fn copy(
    mut reader: impl AsyncRead + Unpin,
    mut sender: hyper::body::Sender,
) -> Result<(), Error> {
    let mut buffer = BytesMut::new();
    loop {
        buffer.reserve(PIECE);
        match reader.read_buf(&mut buffer).await {
            Ok(0) => return Ok(()),
            Ok(_) if push(&mut sender, buffer.split().freeze()).await => {}
            Ok(_) => return Ok(()),
            Err(e) => {
                // Broken off, so that the server does not take it for whole.
                sender.abort();
                return Err(Error::from_io(e));
            }
        }
    }
}
