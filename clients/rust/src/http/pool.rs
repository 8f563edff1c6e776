//! Connections of HTTP/1.1 to one server, used again when they are free.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use hyper::client::conn::{self, SendRequest};
use hyper::header::{HeaderValue, AUTHORIZATION, CONTENT_TYPE, HOST};
use hyper::{Body, Request, Response};
use tokio::sync::Semaphore;

use super::answer::Answer;
use crate::client::Inner;
use crate::connection::{Incoming, Outgoing, Reply};
use crate::error::{Error, RpcError};
use crate::login;

/// Free connections that are kept.
const MOST_IDLE: usize = 8;

/// Calls that are made at once; further ones wait.
const MOST_CALLS: usize = 64;

/// Bytes of an answer that says what went wrong.
const MOST_ERROR_BYTES: usize = 1 << 20;

const CALL_ID: u64 = 1;

/// Sends HTTP requests.
pub(crate) struct Http {
    idle: Mutex<Vec<SendRequest<Body>>>,
    calls: Semaphore,
}

impl Default for Http {
    fn default() -> Self {
        Self {
            idle: Mutex::default(),
            calls: Semaphore::new(MOST_CALLS),
        }
    }
}

impl Http {
    /// Makes a call.
    pub(crate) async fn call(
        &self,
        inner: &Arc<Inner>,
        outgoing: Outgoing,
    ) -> Result<Reply, Error> {
        let token = login::token_for_http(inner).await?;
        self.call_as(inner, outgoing, token.as_deref()).await
    }

    /// Makes a call as whoever the token is of.
    pub(crate) async fn call_as(
        &self,
        inner: &Arc<Inner>,
        outgoing: Outgoing,
        token: Option<&str>,
    ) -> Result<Reply, Error> {
        let _permit = self
            .calls
            .acquire()
            .await
            .map_err(|_| Error::lost("the client is closed"))?;
        let mut body = Vec::new();
        outgoing.write(CALL_ID, &mut body);
        let body = Bytes::from(body);
        let request = || {
            Request::post("/rpc")
                .header(CONTENT_TYPE, "application/json")
                .body(Body::from(body.clone()))
        };
        let answer = self.send_again(inner, request, token).await?;
        let status = answer.status();
        let json = answer.read_all(inner.options.max_message_bytes).await?;
        match Incoming::parse(&json) {
            Ok(Incoming::Reply(CALL_ID, reply)) => Ok(reply),
            Ok(Incoming::Reply(id, _)) => Err(Error::protocol(format!(
                "it answered the call {id}, which was not made"
            ))),
            Ok(Incoming::Complaint(error)) => Ok(Reply::Error(error)),
            Ok(_) => Err(Error::protocol("the body is no reply")),
            Err(_) if !status.is_success() => Err(RpcError::from_status(status.as_u16()).into()),
            Err(e) => Err(e),
        }
    }

    /// Sends a request that can be sent again, over a connection that may be an old one.
    pub(crate) async fn send_again(
        &self,
        inner: &Arc<Inner>,
        request: impl Fn() -> hyper::http::Result<Request<Body>>,
        token: Option<&str>,
    ) -> Result<Answer, Error> {
        while let Some(mut sender) = self.take() {
            // The server may have closed it since; then it was not used, and there is another.
            if std::future::poll_fn(|cx| sender.poll_ready(cx))
                .await
                .is_err()
            {
                continue;
            }

            match sender
                .send_request(self.finish(inner, request(), token)?)
                .await
            {
                Ok(response) => return Ok(Answer::new(inner, response, sender)),
                Err(e) if e.is_canceled() => continue,
                Err(e) => return Err(lost(&e)),
            }
        }

        self.send(inner, request(), token).await
    }

    /// Sends a request over a new connection.
    pub(crate) async fn send(
        &self,
        inner: &Arc<Inner>,
        request: hyper::http::Result<Request<Body>>,
        token: Option<&str>,
    ) -> Result<Answer, Error> {
        let mut sender = self.open(inner).await?;
        let response = sender
            .send_request(self.finish(inner, request, token)?)
            .await
            .map_err(|e| lost(&e))?;
        Ok(Answer::new(inner, response, sender))
    }

    /// Sends a request that makes something else of a connection.
    pub(crate) async fn upgrade(
        &self,
        inner: &Arc<Inner>,
        request: Request<Body>,
    ) -> Result<Response<Body>, Error> {
        let token = login::token_for_http(inner).await?;
        let mut sender = self.open(inner).await?;
        let request = self.finish(inner, Ok(request), token.as_deref())?;
        sender.send_request(request).await.map_err(|e| lost(&e))
    }

    /// What an answer that is no success says.
    pub(crate) async fn read_error(&self, inner: &Arc<Inner>, response: Response<Body>) -> Error {
        let status = response.status().as_u16();
        match Answer::lonely(inner, response)
            .read_all(MOST_ERROR_BYTES)
            .await
        {
            Ok(body) => error_of(status, &body),
            Err(e) => e,
        }
    }

    /// The answer, unless it is no success.
    pub(crate) async fn expect_success(&self, answer: Answer) -> Result<Answer, Error> {
        let status = answer.status();
        if status.is_success() {
            return Ok(answer);
        }

        Err(error_of(
            status.as_u16(),
            &answer.read_all(MOST_ERROR_BYTES).await?,
        ))
    }

    /// Keeps a connection that is free again.
    pub(super) fn put(&self, sender: SendRequest<Body>) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MOST_IDLE {
            idle.push(sender);
        }
    }

    fn take(&self) -> Option<SendRequest<Body>> {
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop()
    }

    async fn open(&self, inner: &Arc<Inner>) -> Result<SendRequest<Body>, Error> {
        let stream = inner.dialer.connect().await?;
        let (sender, connection) = conn::handshake(stream).await.map_err(|e| lost(&e))?;
        // How it ends is told to those who wait for answers on it.
        tokio::spawn(async move {
            let _ = connection.await;
        });
        Ok(sender)
    }

    fn finish(
        &self,
        inner: &Inner,
        request: hyper::http::Result<Request<Body>>,
        token: Option<&str>,
    ) -> Result<Request<Body>, Error> {
        let refuse = |e: hyper::http::Error| Error::invalid(e.to_string());
        let mut request = request.map_err(refuse)?;
        let host =
            HeaderValue::from_str(&inner.endpoint.http_host()).map_err(|e| refuse(e.into()))?;
        request.headers_mut().insert(HOST, host);
        if let Some(token) = token {
            let mut value =
                HeaderValue::from_str(&format!("Bearer {token}")).map_err(|e| refuse(e.into()))?;
            value.set_sensitive(true);
            request.headers_mut().insert(AUTHORIZATION, value);
        }

        Ok(request)
    }
}

pub(super) fn lost(e: &hyper::Error) -> Error {
    let mut reason = e.to_string();
    let mut source = std::error::Error::source(e);
    while let Some(e) = source {
        let text = e.to_string();
        if !reason.contains(&text) {
            reason = format!("{reason}: {text}");
        }

        source = e.source();
    }

    Error::lost(reason)
}

pub(crate) fn error_of(status: u16, body: &Bytes) -> Error {
    let error = match Incoming::parse(body) {
        Ok(Incoming::Complaint(json)) => RpcError::parse(&json),
        _ => None,
    };
    error
        .unwrap_or_else(|| RpcError::from_status(status))
        .into()
}
