//! How a WebSocket begins (RFC 6455, section 4).

use std::sync::Arc;

use hyper::header::{
    CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE,
};
use hyper::upgrade::Upgraded;
use hyper::{Body, Request, StatusCode};
use ring::rand::{SecureRandom, SystemRandom};

use crate::client::Inner;
use crate::error::Error;
use crate::values::encode;

const ACCEPT_GUID: &[u8] = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// Asks for a WebSocket; gives the stream that it is.
pub(super) async fn open(inner: &Arc<Inner>) -> Result<Upgraded, Error> {
    let mut nonce = [0; 16];
    random(&mut nonce)?;
    let key = encode(&nonce);
    let request = Request::get("/rpc")
        .header(CONNECTION, "Upgrade")
        .header(UPGRADE, "websocket")
        .header(SEC_WEBSOCKET_VERSION, "13")
        .header(SEC_WEBSOCKET_KEY, &key)
        .body(Body::empty())
        .map_err(|e| Error::invalid(e.to_string()))?;
    let response = inner.http.upgrade(inner, request).await?;
    if response.status() != StatusCode::SWITCHING_PROTOCOLS {
        return Err(inner.http.read_error(inner, response).await);
    }

    let accept = response
        .headers()
        .get(SEC_WEBSOCKET_ACCEPT)
        .map(|value| value.as_bytes().to_vec());
    if accept != Some(accept_of(&key).into_bytes()) {
        return Err(inner.dialer.refuse("it does not speak WebSocket"));
    }

    hyper::upgrade::on(response)
        .await
        .map_err(|e| inner.dialer.refuse(e.to_string()))
}

fn accept_of(key: &str) -> String {
    let mut context = ring::digest::Context::new(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY);
    context.update(key.as_bytes());
    context.update(ACCEPT_GUID);
    encode(context.finish().as_ref())
}

pub(super) fn random(bytes: &mut [u8]) -> Result<(), Error> {
    SystemRandom::new()
        .fill(bytes)
        .map_err(|_| Error::invalid("the system gives no random numbers"))
}

#[cfg(test)]
mod tests {
    use super::*;

    // RFC 6455, section 1.3.
    #[test]
    fn the_answer_to_a_key_is_that_of_the_standard() {
        assert_eq!(
            accept_of("dGhlIHNhbXBsZSBub25jZQ=="),
            "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
        );
    }
}
