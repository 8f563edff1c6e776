//! Servers that send something else than the flist that was asked for, or answer an upload as none
//! may: it is refused, and nothing of it is kept.

use std::future::IntoFuture;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;
use std::task::{Context, Poll};

use crate::support::{entry, info, ok, Answer, Fake};
use rpcstore_client::types::FlistFormat;
use rpcstore_client::{BlobId, Client, Error, ErrorKind, FlistSource};
use serde_json::{json, Value};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt, ReadBuf};

fn calls(request: &Value) -> Answer {
    match request["method"].as_str() {
        Some("server.info") => Answer::result(request, info()),
        Some("auth.whoami") => Answer::result(request, json!({"role": "guest"})),
        _ => Answer::Nothing,
    }
}

async fn serve(answer: impl Into<Vec<u8>>) -> (Fake, Client) {
    let answer = answer.into();
    let fake = Fake::new(calls, move |_| answer.clone());
    let client = Client::connect(&fake.url()).await.unwrap();
    (fake, client)
}

fn tagged(tag: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let mut answer =
        format!("HTTP/1.1 200 OK\r\netag: {tag}\r\ncontent-length: {length}\r\n\r\n").into_bytes();
    answer.extend_from_slice(body);
    answer
}

fn chunked(body: &[u8], is_ended: bool) -> Vec<u8> {
    let mut answer = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    answer.extend_from_slice(format!("{:x}\r\n", body.len()).as_bytes());
    answer.extend_from_slice(body);
    answer.extend_from_slice(if is_ended { b"\r\n0\r\n\r\n" } else { b"\r\n" });
    answer
}

fn tar() -> Vec<u8> {
    let mut tar = entry("a", b"hello");
    tar.resize(tar.len() + 1024, 0);
    tar
}

/// What a download to a file gives, and the names of the files that are there then.
async fn download(
    answer: Vec<u8>,
    format: FlistFormat,
) -> (Result<u64, Error>, Vec<std::ffi::OsString>) {
    let (_fake, client) = serve(answer).await;
    let folder = tempfile::tempdir().unwrap();
    let outcome = client
        .download_flist("site")
        .account("ada")
        .format(format)
        .into_file(folder.path().join("f"))
        .await;
    let names = std::fs::read_dir(folder.path()).unwrap();
    (
        outcome,
        names.map(|file| file.unwrap().file_name()).collect(),
    )
}

#[tokio::test]
async fn a_flist_is_kept_when_it_has_the_digest_that_was_said_and_only_then() {
    let right = format!("\"{}\"", BlobId::of(b"flist"));
    let (outcome, names) = download(tagged(&right, b"flist"), FlistFormat::Fl).await;
    assert_eq!((outcome.unwrap(), names.len()), (5, 1));

    let (outcome, names) = download(tagged(&right, b"fxist"), FlistFormat::Fl).await;
    let error = outcome.unwrap_err();
    assert!(
        matches!(error, Error::Corrupt { id, .. } if id == BlobId::of(b"flist")),
        "{error}"
    );
    assert!(names.is_empty());

    for answer in [
        ok(b"flist"),
        tagged("W/\"x\"", b"flist"),
        tagged("\"x\"", b"flist"),
        b"HTTP/1.1 200 OK\r\n\r\nflist".to_vec(),
    ] {
        let (outcome, names) = download(answer, FlistFormat::Fl).await;
        let error = outcome.unwrap_err();
        assert!(matches!(error, Error::Protocol { .. }), "{error}");
        assert!(names.is_empty());
    }
}

#[tokio::test]
async fn an_archive_that_was_cut_off_is_not_kept() {
    let (outcome, names) = download(chunked(&tar(), true), FlistFormat::Tar).await;
    assert_eq!((outcome.unwrap(), names.len()), (2048, 1));

    let whole = tar();
    for (answer, format) in [
        (chunked(&whole[..1024], true), FlistFormat::Tar),
        (chunked(&whole[..1536], true), FlistFormat::Tar),
        (chunked(&whole[..2000], true), FlistFormat::Blobs),
        (chunked(&whole, false), FlistFormat::Tar),
        (chunked(b"\x1f\x8bgzip", false), FlistFormat::TarGz),
        (tagged("\"x\"", &whole)[..1500].to_vec(), FlistFormat::TarGz),
        (
            b"HTTP/1.1 200 OK\r\n\r\nends with the connection".to_vec(),
            FlistFormat::TarGz,
        ),
    ] {
        let length = answer.len();
        let (outcome, names) = download(answer, format).await;
        let error = outcome.unwrap_err();
        assert!(
            matches!(error, Error::Protocol { .. } | Error::ConnectionLost { .. }),
            "{length}: {error}"
        );
        assert!(names.is_empty(), "{length}");
    }
}

#[tokio::test]
async fn a_file_of_a_flist_that_was_cut_off_is_no_end() {
    let mut answer = ok(&[7; 1000]);
    answer.truncate(answer.len() - 1);
    let (_fake, client) = serve(answer).await;
    let request = client.download_flist("site").account("ada");
    let mut file = request.file("index.html").await.unwrap();
    let mut bytes = Vec::new();

    let error = Error::from(file.read_to_end(&mut bytes).await.unwrap_err());

    assert!(matches!(error, Error::ConnectionLost { .. }), "{error}");
    assert_eq!((file.size(), file.is_whole()), (Some(1000), false));
}

#[tokio::test]
async fn a_blob_of_a_flist_with_wrong_bytes_is_refused() {
    let id = BlobId::blake2b_of(b"hello");
    let mut tar = entry(&id.to_string(), b"hxllo");
    tar.resize(tar.len() + 1024, 0);
    let (_fake, client) = serve(chunked(&tar, true)).await;
    let mut blobs = client
        .download_flist("site")
        .account("ada")
        .blobs()
        .await
        .unwrap();
    let blob = blobs.next().await.unwrap().unwrap();
    assert_eq!((blob.id(), blob.size()), (id, 5));

    let error = blobs.next().await.unwrap_err();

    assert!(matches!(error, Error::Corrupt { .. }), "{error}");
    assert!(blobs.next().await.is_err());
}

#[tokio::test]
async fn what_a_refusal_says_comes_through() {
    let body = json!({"error": {"code": 404, "message": "2 blobs are not here.", "data": {
        "name": "notFound", "missing": [BlobId::blake2b_of(b"a")], "missingCount": 2,
    }}})
    .to_string();
    let length = body.len();
    let head = format!("HTTP/1.1 404 Not Found\r\ncontent-length: {length}\r\n\r\n{body}");
    let (_fake, client) = serve(head).await;
    let source = FlistSource::bytes("flist");

    let error = client
        .upload_flist("site", source)
        .account("ada")
        .await
        .unwrap_err();

    assert_eq!(error.kind(), Some(ErrorKind::NotFound));
    let data = &error.rpc().unwrap().data;
    assert_eq!(data.missing_count, Some(2));
    assert_eq!(data.missing, Some(vec![BlobId::blake2b_of(b"a")]));
}

#[tokio::test]
async fn an_answer_that_is_no_flist_is_refused() {
    for body in ["", "garbage", "{}", r#"{"status":"created"}"#] {
        let (_fake, client) = serve(ok(body.as_bytes())).await;
        let source = FlistSource::bytes("flist");
        let error = client
            .upload_flist("site", source)
            .account("ada")
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Protocol { .. }), "{body}: {error}");
    }
}

#[tokio::test]
async fn what_cannot_be_meant_is_refused_before_anything_is_sent() {
    let requests = Arc::new(AtomicU64::new(0));
    let seen = Arc::clone(&requests);
    let fake = Fake::new(calls, move |_| {
        seen.fetch_add(1, Ordering::Relaxed);
        ok(b"")
    });
    let client = Client::connect(&fake.url()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let outcomes = [
        client.download_flist("site").await.map(|_| ()),
        client.download_flist("..").account("ada").await.map(|_| ()),
        client
            .download_flist("site")
            .account("ada")
            .file("a/../../other")
            .await
            .map(|_| ()),
        client
            .upload_flist("", FlistSource::bytes(""))
            .account("ada")
            .await
            .map(|_| ()),
        client
            .upload_flist("site", FlistSource::bytes(""))
            .account("ada")
            .if_match("\r\n")
            .await
            .map(|_| ()),
    ];
    for outcome in outcomes {
        assert!(matches!(outcome, Err(Error::Invalid { .. })), "{outcome:?}");
    }

    let missing = FlistSource::file(folder.path().join("none"));
    let error = client
        .upload_flist("site", missing)
        .account("ada")
        .await
        .unwrap_err();
    assert!(
        matches!(error, Error::Io(_)) && error.to_string().contains("none"),
        "{error}"
    );
    assert_eq!(requests.load(Ordering::Relaxed), 0);
}

/// A server that never answers, and gives what it was sent on each connection that broke.
async fn listen(folder: &std::path::Path) -> (Client, tokio::sync::mpsc::Receiver<Vec<u8>>) {
    let path = folder.join("s");
    let listener = tokio::net::UnixListener::bind(&path).unwrap();
    let (sender, receiver) = tokio::sync::mpsc::channel(8);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let sender = sender.clone();
            tokio::spawn(async move {
                let mut all = Vec::new();
                let _ = stream.read_to_end(&mut all).await;
                let _ = sender.send(all).await;
            });
        }
    });
    let client = Client::connect(&format!("unix:{}", path.display()))
        .await
        .unwrap();
    (client, receiver)
}

fn has_end(sent: &[u8]) -> bool {
    sent.ends_with(b"\r\n0\r\n\r\n")
}

#[tokio::test]
async fn an_upload_that_is_dropped_is_not_told_as_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (client, mut received) = listen(folder.path()).await;
    let (mut source, reader) = tokio::io::duplex(1 << 10);
    let upload = client
        .upload_flist("site", FlistSource::reader(reader))
        .account("ada")
        .into_future();
    let upload = tokio::spawn(upload);
    // It takes more than the pipe holds: it is on its way by then.
    source.write_all(&[7; 4 << 10]).await.unwrap();
    upload.abort();
    let _ = upload.await;

    let sent = received.recv().await.unwrap();

    assert!(sent.starts_with(b"PUT /flists/ada/site HTTP/1.1\r\n"));
    assert!(!has_end(&sent));
}

#[tokio::test]
async fn an_upload_whose_source_fails_is_not_told_as_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (client, mut received) = listen(folder.path()).await;
    let source = FlistSource::reader(Failing(4));

    let error = client
        .upload_flist("site", source)
        .account("ada")
        .await
        .unwrap_err();

    assert!(matches!(error, Error::Io(_)), "{error}");
    assert!(!has_end(&received.recv().await.unwrap()));

    let nowhere = FlistSource::folder(folder.path().join("none"));
    let error = client
        .upload_flist("site", nowhere)
        .account("ada")
        .await
        .unwrap_err();
    assert!(
        matches!(error, Error::Io(_)) && error.to_string().contains("none"),
        "{error}"
    );
    assert!(!has_end(&received.recv().await.unwrap()));
}

/// Gives so many bytes, one after the other, and then fails.
struct Failing(u8);

impl AsyncRead for Failing {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.0 == 0 {
            return Poll::Ready(Err(io::Error::other("worn out")));
        }

        self.0 -= 1;
        buffer.put_slice(&[7]);
        Poll::Ready(Ok(()))
    }
}
