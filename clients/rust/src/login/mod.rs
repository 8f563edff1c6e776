//! Logging in, and being known on every connection after it (spec/auth.md).

mod credential;
mod key;
mod sshsig;

pub(crate) use credential::{resume, token_for_http, Credential};
pub use key::SigningKey;

use std::sync::Arc;

use crate::client::{Client, Inner};
use crate::error::Error;
use crate::types::{Challenge, Login};

const FIRST_LINE: &str = "rpcstore login 1";

pub(crate) async fn run(
    client: &Client,
    inner: &Arc<Inner>,
    key: &SigningKey,
) -> Result<Login, Error> {
    // A session that has ended would only be in the way.
    inner.credential.clear();
    let server_id = client.server().info().await?.server_id;
    let public_key = key.public_key();
    let challenge = client.auth().challenge(&public_key).await?;
    check(&challenge, &server_id, &public_key)?;

    // SSHSIG rather than a raw signature: its namespace makes the signature worth nothing for
    // anything but a login.
    let signature = sshsig::sign(key, challenge.text.as_bytes());
    let login = client
        .auth()
        .login(&public_key, challenge.nonce, signature)
        .await?;
    inner.credential.set(login.token.clone(), Some(server_id));
    Ok(login)
}

/// Refuses to sign anything but a login to this server with this key: a server in the middle could
/// pass it on.
fn check(challenge: &Challenge, server_id: &str, public_key: &str) -> Result<(), Error> {
    let expected = format!(
        "{FIRST_LINE}\nserver {server_id}\nkey {public_key}\nnonce {}\nexpires ",
        challenge.nonce
    );
    match challenge.text.strip_prefix(&expected) {
        Some(expiry) if expiry.bytes().all(|byte| byte.is_ascii_graphic()) => Ok(()),
        _ => Err(Error::protocol(
            "it wants something else signed than a login to it with this key. Nothing was signed; do not trust it",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn challenge(text: &str) -> Challenge {
        serde_json::from_value(
            serde_json::json!({"nonce": "n", "text": text, "expiresAt": "2026-11-21T09:02:00Z"}),
        )
        .unwrap()
    }

    #[test]
    fn only_a_login_to_this_server_is_signed() {
        let right = "rpcstore login 1\nserver s\nkey k\nnonce n\nexpires 2026-11-21T09:02:00Z";
        assert!(check(&challenge(right), "s", "k").is_ok());
        for text in [
            "",
            &right.replace("server s", "server other"),
            &right.replace("key k", "key other"),
            &right.replace("nonce n", "nonce m"),
            &right.replace("login 1", "login 2"),
            &format!("{right}\nmore"),
        ] {
            assert!(check(&challenge(text), "s", "k").is_err(), "{text}");
        }
    }
}
