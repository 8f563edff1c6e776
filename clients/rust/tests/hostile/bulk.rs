//! Servers that send something else than the blobs that were asked for: it is refused, and nothing
//! of it is kept.

use crate::support::{entry, info, ok, transfer, Answer, Fake};
use rpcstore_client::{BlobId, Client, Error, ErrorKind, Source, UploadStatus};
use serde_json::{json, Value};
use tokio::io::AsyncReadExt;

fn calls(request: &Value) -> Answer {
    match request["method"].as_str() {
        Some("server.info") => Answer::result(request, info()),
        Some("blobs.has") => Answer::result(
            request,
            json!({"present": [], "missing": request["params"]["ids"]}),
        ),
        Some("blobs.download") => Answer::result(request, transfer("download")),
        Some("blobs.upload") => Answer::result(request, transfer("upload")),
        _ => Answer::Nothing,
    }
}

async fn serve(body: impl Fn() -> Vec<u8> + Send + Sync + 'static) -> (Fake, Client) {
    let fake = Fake::new(calls, move |_| body());
    let client = Client::connect(&fake.url()).await.unwrap();
    (fake, client)
}

fn batch(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar: Vec<u8> = entries
        .iter()
        .flat_map(|(name, content)| entry(name, content))
        .collect();
    tar.resize(tar.len() + 1024, 0);
    tar
}

/// Asks for two blobs into a folder, and gives the error and the names of the files that are there.
async fn download(answer: Vec<u8>) -> (Error, Vec<String>) {
    let (_fake, client) = serve(move || answer.clone()).await;
    let folder = tempfile::tempdir().unwrap();
    let outcome = client
        .download([BlobId::of(b"first"), BlobId::of(b"second")])
        .into_folder(folder.path())
        .await;
    let names = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap());
    (outcome.unwrap_err(), names.collect())
}

#[tokio::test]
async fn a_blob_with_wrong_bytes_is_refused_and_nothing_of_it_is_kept() {
    let (first, second) = (BlobId::of(b"first"), BlobId::of(b"second"));
    let tar = batch(&[
        (&first.to_string(), b"first"),
        (&second.to_string(), b"sxcond"),
    ]);

    let (error, names) = download(ok(&tar)).await;

    assert!(
        matches!(error, Error::Corrupt { id, actual } if id == second && actual == BlobId::of(b"sxcond")),
        "{error}"
    );
    assert_eq!(names, [first.to_string()]);
}

#[tokio::test]
async fn a_blob_that_is_passed_over_is_verified_too() {
    let tar = batch(&[(&BlobId::of(b"first").to_string(), b"fxrst")]);
    let (_fake, client) = serve(move || ok(&tar)).await;
    let mut blobs = client.download([BlobId::of(b"first")]).await.unwrap();
    assert!(blobs.next().await.unwrap().is_some());

    let error = blobs.next().await.unwrap_err();

    assert!(matches!(error, Error::Corrupt { .. }), "{error}");
    assert!(blobs.next().await.is_err());
}

#[tokio::test]
async fn what_was_not_asked_for_is_refused() {
    let (error, names) =
        download(ok(&batch(&[(&BlobId::of(b"other").to_string(), b"other")]))).await;
    assert!(matches!(error, Error::Protocol { .. }), "{error}");
    assert!(names.is_empty());
}

#[tokio::test]
async fn a_name_that_is_a_path_is_refused() {
    let (error, names) = download(ok(&batch(&[("../../evil", b"x")]))).await;
    assert!(matches!(error, Error::Protocol { .. }), "{error}");
    assert!(names.is_empty());
}

#[tokio::test]
async fn a_blob_that_is_left_out_is_refused_unless_that_was_allowed() {
    let first = BlobId::of(b"first");
    let tar = batch(&[(&first.to_string(), b"first")]);
    let (error, _) = download(ok(&tar)).await;
    assert!(matches!(error, Error::Protocol { .. }), "{error}");

    let (_fake, client) = serve(move || ok(&tar)).await;
    let mut blobs = client
        .download([BlobId::of(b"zeroth"), first, BlobId::of(b"second")])
        .skip_missing()
        .await
        .unwrap();
    assert_eq!(
        blobs
            .next()
            .await
            .unwrap()
            .unwrap()
            .bytes(10)
            .await
            .unwrap(),
        b"first"
    );
    assert!(blobs.next().await.unwrap().is_none());
    assert_eq!(
        blobs.missing(),
        [BlobId::of(b"zeroth"), BlobId::of(b"second")]
    );
}

#[tokio::test]
async fn an_answer_that_is_cut_anywhere_is_refused() {
    let (first, second) = (BlobId::of(b"first"), BlobId::of(b"second"));
    let whole = batch(&[
        (&first.to_string(), b"first"),
        (&second.to_string(), b"second"),
    ]);
    for length in [0, 100, 512, 514, 1024, 1100, 1536, 1540, 2048, 2560] {
        let mut cut = whole.clone();
        cut.truncate(length);
        let (error, names) = download(ok(&cut)).await;
        assert!(
            matches!(error, Error::Protocol { .. } | Error::ConnectionLost { .. }),
            "{length}: {error}"
        );
        assert!(
            names.iter().all(|name| !name.contains("partial")),
            "{length}: {names:?}"
        );

        // The same, where the connection breaks and not the batch.
        let mut answer = ok(&whole);
        answer.truncate(answer.len() - whole.len() + length);
        let (error, _) = download(answer).await;
        assert!(
            matches!(error, Error::ConnectionLost { .. }),
            "{length}: {error}"
        );
    }
}

#[tokio::test]
async fn garbage_is_refused() {
    for answer in [
        b"garbage".to_vec(),
        ok(b"garbage"),
        ok(&[b'x'; 2000]),
        ok(&[7; 2000]),
    ] {
        let (error, names) = download(answer).await;
        assert!(
            matches!(error, Error::Protocol { .. } | Error::ConnectionLost { .. }),
            "{error}"
        );
        assert!(names.is_empty());
    }
}

#[tokio::test]
async fn an_error_of_http_is_typed() {
    let body = r#"{"error":{"code":404,"message":"Gone.","data":{"name":"notFound","id":"x"}}}"#;
    let (error, _) = download(
        format!(
            "HTTP/1.1 404 Not Found\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes(),
    )
    .await;
    assert_eq!(error.kind(), Some(ErrorKind::NotFound));
    assert_eq!(error.rpc().unwrap().data.id.as_deref(), Some("x"));

    let (error, _) = download(b"HTTP/1.1 503 Busy\r\ncontent-length: 4\r\n\r\nbusy".to_vec()).await;
    assert_eq!(error.kind(), Some(ErrorKind::Unavailable));
}

#[tokio::test]
async fn one_blob_with_wrong_bytes_is_refused_before_its_end() {
    let id = BlobId::of(&[7; 100_000]);
    let (_fake, client) = serve(|| ok(&[8; 100_000])).await;
    let mut blob = client.open(id).await.unwrap();
    let mut bytes = Vec::new();

    let error = Error::from(blob.read_to_end(&mut bytes).await.unwrap_err());

    assert!(matches!(error, Error::Corrupt { .. }), "{error}");
    assert!(bytes.len() < 100_000);
}

#[tokio::test]
async fn more_bytes_than_the_caller_takes_are_not_read() {
    let (_fake, client) = serve(|| ok(&[7; 100_000])).await;
    let outcome = client
        .open(BlobId::of(&[7; 100_000]))
        .await
        .unwrap()
        .bytes(99_999)
        .await;
    assert!(matches!(outcome, Err(Error::Invalid { .. })));
}

#[tokio::test]
async fn results_of_an_upload_are_held_against_what_was_sent() {
    let id = BlobId::of(b"hello");
    let result = |id: &str, status: &str| {
        json!({
            "stored": 1, "existing": 0, "failed": 0, "bytes": 5, "results": [{"id": id, "size": 5, "status": status, "reason": "r"}],
        })
        .to_string()
    };
    for (body, is_protocol) in [
        (result(&BlobId::of(b"other").to_string(), "stored"), true),
        (
            r#"{"stored":0,"existing":0,"failed":0,"bytes":0,"results":[]}"#.to_owned(),
            true,
        ),
        ("garbage".to_owned(), true),
        (result(&id.to_string(), "stored"), false),
    ] {
        let answer = ok(body.as_bytes());
        let (_fake, client) = serve(move || answer.clone()).await;
        let outcome = client.upload([Source::bytes("hello")]).await;
        assert_eq!(
            matches!(outcome, Err(Error::Protocol { .. })),
            is_protocol,
            "{body}: {outcome:?}"
        );
    }

    let answer = ok(result(&id.to_string(), "melted").as_bytes());
    let (_fake, client) = serve(move || answer.clone()).await;
    let report = client.upload([Source::bytes("hello")]).await.unwrap();
    assert_eq!(
        (report.failed, report.failures[0].status),
        (1, UploadStatus::Invalid)
    );
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_reported_and_the_others_are_stored() {
    let id = BlobId::of(b"hello");
    let body = json!({
        "stored": 1, "existing": 0, "failed": 0, "bytes": 5, "results": [{"id": id, "size": 5, "status": "stored"}],
    });
    let answer = ok(body.to_string().as_bytes());
    let (_fake, client) = serve(move || answer.clone()).await;

    let report = client
        .upload([
            Source::file("/nonexistent/file"),
            Source::bytes("hello"),
            Source::bytes("hello"),
        ])
        .await
        .unwrap();

    assert_eq!((report.stored, report.existing, report.failed), (1, 1, 1));
    assert_eq!(
        (report.failures[0].status, report.failures[0].id),
        (UploadStatus::Unreadable, None)
    );
}

#[tokio::test]
async fn a_call_over_http_that_is_answered_with_garbage_is_a_typed_error() {
    for (answer, is_lost) in [
        (ok(b"garbage"), false),
        (ok(br#"{"id":2,"result":{}}"#), false),
        (
            b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_vec(),
            true,
        ),
    ] {
        let fake = Fake::new(calls, move |_| answer.clone());
        let client = Client::connect(&format!("{}?mode=single", fake.url()))
            .await
            .unwrap();
        let error = client.server().info().await.unwrap_err();
        assert_eq!(
            matches!(error, Error::ConnectionLost { .. }),
            is_lost,
            "{error}"
        );
        assert_eq!(matches!(error, Error::Protocol { .. }), !is_lost, "{error}");
    }
}
