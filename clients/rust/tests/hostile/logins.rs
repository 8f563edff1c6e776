//! Servers that are not the one that a login is for: they get neither a signature nor a token.

use crate::support::{info, whoami, Answer, Fake};
use rpcstore_client::{Client, Error, SigningKey};
use serde_json::json;

#[tokio::test]
async fn nothing_is_signed_for_another_server() {
    let fake = Fake::rpc(|request| match request["method"].as_str() {
        Some("server.info") => Answer::result(request, info()),
        Some("auth.challenge") => {
            let text = format!(
                "rpcstore login 1\nserver {}\nkey {}\nnonce n\nexpires x",
                "1".repeat(32),
                request["params"]["publicKey"]
            );
            Answer::result(
                request,
                json!({"nonce": "n", "text": text, "expiresAt": "2026-11-21T09:00:00Z"}),
            )
        }
        _ => Answer::Nothing,
    });
    let client = Client::connect(&fake.url()).await.unwrap();

    let error = client
        .login(&SigningKey::from_seed(&[1; 32]).unwrap())
        .await
        .unwrap_err();

    assert!(matches!(error, Error::Protocol { .. }), "{error}");
    assert!(fake
        .seen()
        .iter()
        .all(|request| request["method"] != "auth.login"));
}

#[tokio::test]
async fn a_token_is_not_shown_to_another_server() {
    let fake = Fake::rpc(|request| match request["method"].as_str() {
        Some("server.info") => Answer::result(request, info()),
        _ => whoami(request),
    });

    let outcome = Client::builder(fake.url())
        .token("rpcs_secret", Some("1".repeat(32)))
        .connect()
        .await;

    assert!(matches!(outcome, Err(Error::Connect { .. })), "{outcome:?}");
    assert!(fake
        .seen()
        .iter()
        .all(|request| !request.to_string().contains("secret")));
}
