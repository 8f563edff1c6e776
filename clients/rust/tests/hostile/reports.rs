//! Reports of progress that are as they should be, late, or no reports.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;

use crate::support::{whoami, Answer, Fake, PATIENCE};
use rpcstore_client::{Client, Error};
use serde_json::json;

/// A server that reports 50 entries of the journal, answers, and reports once more.
fn watched() -> Fake {
    let entry = |position: u64| {
        json!({
            "position": position, "time": "2026-11-21T09:00:00Z", "account": "local", "role": "admin", "method": "m", "outcome": "ok",
            "durationMicroseconds": 1, "endpoint": "e", "blobsIn": 0, "blobsOut": 0, "bytesIn": 0, "bytesOut": 0,
        })
    };
    Fake::rpc(move |request| {
        let token = &request["params"]["progress"];
        let mut lines: Vec<_> = (0..50)
            .map(|i| {
                json!({"method": "$/progress", "params": {"token": token, "value": entry(i)}})
                    .to_string()
            })
            .collect();
        lines.push(
            json!({"id": request["id"], "result": {"position": 49, "entries": 50}}).to_string(),
        );
        lines.push(
            json!({"method": "$/progress", "params": {"token": token, "value": "late"}})
                .to_string(),
        );
        Answer::text(lines.join("\n"))
    })
}

#[tokio::test]
async fn a_listener_that_panics_is_not_called_again_and_the_call_goes_on() {
    let fake = watched();
    let client = Client::connect(&fake.url()).await.unwrap();
    let calls = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&calls);

    let watch = client.journal().watch().progress(move |_| {
        counter.fetch_add(1, Ordering::SeqCst);
        panic!("on purpose");
    });

    watch.timeout(PATIENCE).await.unwrap();
    assert_eq!(calls.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn reports_come_in_order_and_before_the_answer() {
    let fake = watched();
    let client = Client::connect(&fake.url()).await.unwrap();
    let (sender, receiver) = std::sync::mpsc::channel();

    client
        .journal()
        .watch()
        .progress(move |entry| sender.send(entry.position).unwrap())
        .await
        .unwrap();

    assert_eq!(
        receiver.into_iter().collect::<Vec<_>>(),
        (0..50).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn a_report_that_cannot_be_read_is_a_broken_protocol() {
    let fake = Fake::rpc(|request| match request["params"]["progress"].as_u64() {
        Some(token) => Answer::text(
            json!({"method": "$/progress", "params": {"token": token, "value": 7}}).to_string(),
        ),
        None => whoami(request),
    });
    let client = Client::connect(&fake.url()).await.unwrap();

    let error = client
        .journal()
        .watch()
        .progress(|_| panic!("never called"))
        .timeout(PATIENCE)
        .await
        .unwrap_err();

    assert!(matches!(error, Error::Protocol { .. }), "{error}");
    client.auth().whoami().await.unwrap();
}
