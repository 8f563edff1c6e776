//! WebSockets below their messages: frames as no server should send them, and as every server may.

use crate::support::PATIENCE;
use crate::web_socket::{answer_all, frame, WebSocketFake};
use rpcstore_client::types::Role;
use rpcstore_client::{Client, Error};
use serde_json::{json, Value};

// Far less than the client reads at once.
const LIMIT: usize = 4 << 10;
const TEXT: u8 = 1;
const CONTINUATION: u8 = 0;
const CLOSE: u8 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;

fn whoami(request: &Value) -> Vec<u8> {
    json!({"jsonrpc": "2.0", "id": request["id"], "result": {"role": "guest"}})
        .to_string()
        .into_bytes()
}

async fn connect(url: &str) -> Client {
    let builder = Client::builder(url).max_message_bytes(LIMIT);
    builder.connect().await.unwrap()
}

/// The error of a call on a connection that sends this; the next connection is as it should be, and gives the next answer.
async fn error_of(sent: Vec<Vec<u8>>) -> Error {
    let fake = WebSocketFake::start().await;
    let (url, serving) = answer_all(fake, move |connection, request| match connection {
        0 => sent.clone(),
        _ => vec![frame(TEXT, true, &whoami(request))],
    });
    let client = connect(&url).await;
    let error = client.auth().whoami().timeout(PATIENCE).await.unwrap_err();
    client.auth().whoami().timeout(PATIENCE).await.unwrap();
    serving.abort();
    error
}

#[tokio::test]
async fn frames_that_no_server_may_send_are_a_broken_protocol() {
    let too_long_a_ping = frame(PING, true, &[0; 200]);
    for (what, sent) in [
        ("binary", vec![frame(2, true, b"{}")]),
        (
            "a continuation of nothing",
            vec![frame(CONTINUATION, true, b"{}")],
        ),
        (
            "a text inside a text",
            vec![frame(TEXT, false, b"{"), frame(TEXT, true, b"}")],
        ),
        ("a ping in parts", vec![frame(PING, false, b"x")]),
        ("reserved bits", vec![vec![0xf1, 0]]),
        ("masked", vec![vec![0x81, 0x80, 1, 2, 3, 4]]),
        ("a ping that is too long", vec![too_long_a_ping]),
        (
            "longer than anything may be",
            vec![vec![0x81, 127, 0x7f, 255, 255, 255, 255, 255, 255, 255]],
        ),
    ] {
        let error = error_of(sent).await;
        assert!(matches!(error, Error::Protocol { .. }), "{what}: {error}");
    }
}

#[tokio::test]
async fn a_message_in_parts_is_no_longer_than_one_may_be() {
    // All in one write, so that the client finds several of them in what it read at once.
    let part = vec![b' '; LIMIT * 2 / 3];
    let parts = [
        frame(TEXT, false, &part),
        frame(CONTINUATION, false, &part),
        frame(CONTINUATION, true, &part),
    ];
    let error = error_of(vec![parts.concat()]).await;
    assert!(matches!(error, Error::Protocol { .. }), "{error}");
    assert!(error.to_string().contains("max_message_bytes"), "{error}");

    let small = vec![b' '; 1000];
    let mut many = frame(TEXT, false, &small);
    for _ in 0..LIMIT / 1000 {
        many.extend(frame(CONTINUATION, false, &small));
    }

    let error = error_of(vec![many]).await;
    assert!(matches!(error, Error::Protocol { .. }), "{error}");
}

#[tokio::test]
async fn a_message_in_many_frames_with_a_ping_between_is_one_message() {
    let mut fake = WebSocketFake::start().await;
    let client = connect(&fake.url()).await;
    let serving = tokio::spawn(async move {
        let mut peer = fake.accept().await;
        let request = peer.read().await.unwrap().request();
        let text = whoami(&request);
        peer.send(&frame(TEXT, false, &text[..10])).await;
        peer.send(&frame(PING, true, b"still there?")).await;
        peer.send(&frame(CONTINUATION, false, &text[10..11])).await;
        for byte in frame(CONTINUATION, true, &text[11..]) {
            peer.send(&[byte]).await;
        }

        peer.read().await.unwrap()
    });

    let who = client.auth().whoami().timeout(PATIENCE).await.unwrap();
    assert_eq!(who.role, Role::Guest);
    let pong = serving.await.unwrap();
    assert_eq!(
        (pong.opcode, &pong.payload[..]),
        (PONG, &b"still there?"[..])
    );
}

#[tokio::test]
async fn a_ping_is_answered_when_the_client_has_written_what_it_was_writing() {
    let mut fake = WebSocketFake::start().await;
    let client = connect(&fake.url()).await;
    let first = tokio::spawn({
        let call = client.auth().whoami().timeout(PATIENCE);
        async move { call.await }
    });
    let mut peer = fake.accept().await;
    let request = peer.read().await.unwrap().request();

    // More than a connection takes on its way, of which nothing is read yet.
    let large = vec![7; 16 << 20];
    let put = tokio::spawn({
        let client = client.clone();
        async move { client.blobs().put(large).timeout(PATIENCE).await }
    });
    tokio::task::yield_now().await;
    peer.send(&frame(PING, true, b"busy?")).await;
    peer.send(&frame(TEXT, true, &whoami(&request))).await;
    // The answer came behind the ping: the client has seen it.
    first.await.unwrap().unwrap();

    let mut seen = Vec::new();
    while !seen.contains(&PONG) {
        let frame = tokio::time::timeout(PATIENCE, peer.read());
        seen.push(frame.await.expect("no pong comes").unwrap().opcode);
    }

    put.abort();
}

#[tokio::test]
async fn a_close_says_why() {
    let reason = [&1001u16.to_be_bytes()[..], b"going away"].concat();
    let error = error_of(vec![frame(CLOSE, true, &reason)]).await;
    assert!(error.to_string().contains("1001 going away"), "{error}");
}
