//! Servers that do to calls what no server should: every fault is a typed error, nothing hangs,
//! nothing panics.

use std::time::Duration;

use crate::support::{info, whoami, Answer, Fake, PATIENCE};
use rpcstore_client::types::Role;
use rpcstore_client::{Client, Error, ErrorKind};
use serde_json::{json, Value};

/// A server that does something wrong the first time, and answers as it should from then on.
fn wrong_once(wrong: impl Fn(&Value) -> Answer + Send + Sync + 'static) -> Fake {
    let was_wrong = std::sync::atomic::AtomicBool::new(false);
    Fake::rpc(
        move |request| match was_wrong.swap(true, std::sync::atomic::Ordering::SeqCst) {
            false => wrong(request),
            true => whoami(request),
        },
    )
}

/// The error of the first call; the second one must get its answer.
async fn first_error(fake: &Fake) -> Error {
    let client = Client::builder(fake.url())
        .max_message_bytes(64 << 10)
        .connect()
        .await
        .unwrap();
    let error = client.auth().whoami().timeout(PATIENCE).await.unwrap_err();
    client.auth().whoami().timeout(PATIENCE).await.unwrap();
    error
}

#[tokio::test]
async fn garbage_is_a_broken_protocol() {
    for garbage in [
        "garbage",
        "[]",
        "{}",
        "{\"id\":1}",
        "\"\u{0}\"",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}",
    ] {
        let fake = wrong_once(move |_| Answer::text(garbage));
        assert!(
            matches!(first_error(&fake).await, Error::Protocol { .. }),
            "{garbage}"
        );
    }
}

#[tokio::test]
async fn bytes_that_are_no_text_are_a_broken_protocol() {
    let fake = wrong_once(|_| Answer::Send(vec![0xff, 0xfe, 0, b'\n']));
    assert!(matches!(first_error(&fake).await, Error::Protocol { .. }));
}

#[tokio::test]
async fn an_answer_to_a_call_that_was_not_made_is_a_broken_protocol() {
    let fake =
        wrong_once(|_| Answer::text(r#"{"jsonrpc":"2.0","id":77,"result":{"role":"guest"}}"#));
    let error = first_error(&fake).await;
    assert!(
        matches!(&error, Error::Protocol { reason } if reason.contains("77")),
        "{error}"
    );
}

#[tokio::test]
async fn the_first_of_two_answers_counts() {
    let fake = Fake::rpc(|request| {
        let line =
            json!({"jsonrpc": "2.0", "id": request["id"], "result": {"role": "guest"}}).to_string();
        Answer::text(format!("{line}\n{line}"))
    });
    let client = Client::connect(&fake.url()).await.unwrap();
    for _ in 0..20 {
        // The second answer ends the connection; a call that is on it by then is told so.
        match client.auth().whoami().timeout(PATIENCE).await {
            Ok(identity) => assert_eq!(identity.role, Role::Guest),
            Err(Error::Protocol { .. }) => {}
            Err(e) => panic!("{e}"),
        }
    }
}

#[tokio::test]
async fn an_answer_that_never_comes_is_a_timeout_and_the_call_is_cancelled() {
    let fake = Fake::rpc(|request| match request["method"].as_str() {
        Some("server.info") => Answer::result(request, info()),
        _ => Answer::Nothing,
    });
    let client = Client::builder(fake.url())
        .call_timeout(Duration::from_millis(50))
        .connect()
        .await
        .unwrap();

    let error = client.auth().whoami().await.unwrap_err();

    assert!(matches!(error, Error::Timeout { .. }), "{error}");
    fake.wait_for(|request| request["method"] == "$/cancelRequest" && request["params"]["id"] == 1)
        .await;
    client.server().info().timeout(PATIENCE).await.unwrap();
}

#[tokio::test]
async fn a_call_whose_future_is_dropped_is_cancelled_and_the_others_go_on() {
    let fake = Fake::rpc(|request| {
        match request["method"].as_str() {
        Some("server.info") => Answer::result(request, info()),
        Some("$/cancelRequest") => Answer::text(
            json!({"jsonrpc": "2.0", "id": request["params"]["id"], "error": {"code": -32800, "message": "cancelled"}}).to_string(),
        ),
        _ => Answer::Nothing,
    }
    });
    let client = Client::connect(&fake.url()).await.unwrap();
    let waiting = client.clone();
    let call = tokio::spawn(async move { waiting.auth().whoami().await });
    fake.wait_for(|request| request["method"] == "auth.whoami")
        .await;

    call.abort();

    fake.wait_for(|request| request["method"] == "$/cancelRequest")
        .await;
    client.server().info().timeout(PATIENCE).await.unwrap();
}

#[tokio::test]
async fn a_connection_that_ends_is_a_typed_error() {
    let cases: [(&[u8], &str); 2] = [
        (b"", "closed"),
        (b"{\"jsonrpc\":\"2.0\",\"id\":1,\"res", "middle"),
    ];
    for (bytes, word) in cases {
        let fake = wrong_once(move |_| Answer::SendAndClose(bytes.to_vec()));
        let error = first_error(&fake).await;
        assert!(
            matches!(&error, Error::ConnectionLost { reason } if reason.contains(word)),
            "{error}"
        );
    }
}

#[tokio::test]
async fn all_calls_of_a_connection_that_ends_are_told() {
    let fake = Fake::rpc(|request| match request["method"].as_str() {
        Some("server.info") => Answer::SendAndClose(Vec::new()),
        _ => Answer::Nothing,
    });
    let client = Client::connect(&fake.url()).await.unwrap();
    let calls: Vec<_> = (0..100)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.auth().whoami().await })
        })
        .collect();
    fake.wait_for(|request| request["id"] == 100).await;

    client.server().info().await.unwrap_err();

    for call in calls {
        let outcome = tokio::time::timeout(PATIENCE, call).await.unwrap().unwrap();
        assert!(
            matches!(outcome, Err(Error::ConnectionLost { .. })),
            "{outcome:?}"
        );
    }
}

#[tokio::test]
async fn a_message_without_an_end_is_cut_off() {
    let fake = wrong_once(|_| Answer::Send(vec![b' '; 200 << 10]));
    let error = first_error(&fake).await;
    assert!(
        matches!(&error, Error::Protocol { reason } if reason.contains("65536")),
        "{error}"
    );
}

#[tokio::test]
async fn an_answer_of_another_shape_is_refused_and_the_connection_goes_on() {
    for result in [
        json!(7),
        json!([]),
        json!({}),
        json!({"role": 5}),
        json!({"role": "guest", "expiresAt": "soon"}),
    ] {
        let fake = wrong_once(move |request| Answer::result(request, result.clone()));
        let error = first_error(&fake).await;
        assert!(
            matches!(&error, Error::Protocol { reason } if reason.contains("auth.whoami")),
            "{error}"
        );
    }
}

#[tokio::test]
async fn what_a_newer_server_adds_is_passed_over() {
    let fake = Fake::rpc(|request| {
        Answer::result(
            request,
            json!({"role": "emperor", "account": null, "crown": {"gold": [1, 2]}}),
        )
    });
    let client = Client::connect(&fake.url()).await.unwrap();

    let identity = client.auth().whoami().await.unwrap();

    assert_eq!(
        (identity.role, identity.account),
        (Role::Unknown("emperor".to_owned()), None)
    );
}

#[tokio::test]
async fn an_error_that_is_about_no_call_ends_the_connection_with_that_error() {
    let fake = wrong_once(|_| {
        Answer::text(
            r#"{"jsonrpc":"2.0","id":null,"error":{"code":503,"message":"Full.","data":{"name":"unavailable","retryAfter":3}}}"#,
        )
    });
    let error = first_error(&fake).await;
    assert_eq!(error.kind(), Some(ErrorKind::Unavailable));
    assert_eq!(error.rpc().unwrap().data.retry_after, Some(3));
}

#[tokio::test]
async fn an_error_that_is_no_error_object_is_a_broken_protocol() {
    for error in [json!(7), json!({}), json!({"code": "x", "message": "m"})] {
        let fake = wrong_once(move |request| {
            Answer::text(json!({"id": request["id"], "error": error}).to_string())
        });
        assert!(matches!(first_error(&fake).await, Error::Protocol { .. }));
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named() {
    let error = Client::connect("unix:/nonexistent/s.sock")
        .await
        .unwrap_err();
    assert!(
        matches!(&error, Error::Connect { endpoint, .. } if endpoint == "unix:/nonexistent/s.sock"),
        "{error}"
    );
}
