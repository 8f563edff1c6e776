//! A server that answers whatever a test wants, on a unix socket.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{json, Value};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::task::JoinHandle;

/// What a test waits for something that has to come.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// What is done about a request.
pub enum Answer {
    Send(Vec<u8>),
    SendAndClose(Vec<u8>),
    Nothing,
}

impl Answer {
    pub fn result(request: &Value, result: Value) -> Self {
        Self::text(json!({"jsonrpc": "2.0", "id": request["id"], "result": result}).to_string())
    }

    pub fn text(line: impl Into<String>) -> Self {
        Self::Send((line.into() + "\n").into_bytes())
    }
}

type Rpc = dyn Fn(&Value) -> Answer + Send + Sync;
type Http = dyn Fn(&str) -> Vec<u8> + Send + Sync;

/// A fake server; it ends when it is dropped.
pub struct Fake {
    folder: TempDir,
    task: JoinHandle<()>,
    seen: Arc<Mutex<Vec<Value>>>,
}

impl Fake {
    /// A server that is asked on streams only.
    pub fn rpc(rpc: impl Fn(&Value) -> Answer + Send + Sync + 'static) -> Self {
        Self::new(rpc, |_| {
            b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_vec()
        })
    }

    /// A server that gives whole answers to HTTP requests by their path, too.
    pub fn new(
        rpc: impl Fn(&Value) -> Answer + Send + Sync + 'static,
        http: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join("s")).unwrap();
        let seen: Arc<Mutex<Vec<Value>>> = Arc::default();
        let rpc: Arc<Rpc> = Arc::new(rpc);
        let http: Arc<Http> = Arc::new(http);
        let requests = Arc::clone(&seen);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(
                    stream,
                    Arc::clone(&rpc),
                    Arc::clone(&http),
                    Arc::clone(&requests),
                ));
            }
        });
        Self { folder, task, seen }
    }

    pub fn url(&self) -> String {
        format!("unix:{}", self.folder.path().join("s").display())
    }

    /// The requests that came over streams.
    pub fn seen(&self) -> Vec<Value> {
        self.seen.lock().unwrap().clone()
    }

    /// Waits until a request came that is as wanted.
    pub async fn wait_for(&self, wanted: impl Fn(&Value) -> bool) {
        while !self.seen().iter().any(&wanted) {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(stream: UnixStream, rpc: Arc<Rpc>, http: Arc<Http>, seen: Arc<Mutex<Vec<Value>>>) {
    let (read, mut write) = stream.into_split();
    let mut reader = BufReader::new(read);
    let is_stream = matches!(reader.fill_buf().await, Ok([b'{', ..]));
    let mut line = String::new();
    while matches!(reader.read_line(&mut line).await, Ok(1..)) {
        if !is_stream {
            let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
            let mut length = 0;
            while line != "\r\n" {
                line.clear();
                reader.read_line(&mut line).await.unwrap();
                if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
            }

            let mut body = vec![0; length];
            reader.read_exact(&mut body).await.unwrap();
            // A client that has seen enough may be gone.
            let _ = write.write_all(&http(&path)).await;
            return;
        }

        let request: Value = serde_json::from_str(&line).unwrap();
        seen.lock().unwrap().push(request.clone());
        line.clear();
        match rpc(&request) {
            Answer::Send(bytes) => {
                if write.write_all(&bytes).await.is_err() {
                    return;
                }
            }
            Answer::SendAndClose(bytes) => {
                let _ = write.write_all(&bytes).await;
                return;
            }
            Answer::Nothing => {}
        }
    }
}

/// Answers that the caller is a guest.
pub fn whoami(request: &Value) -> Answer {
    Answer::result(request, json!({"role": "guest"}))
}

/// What `server.info` answers.
pub fn info() -> Value {
    let names = [
        "maxMessageBytes",
        "maxMessageDepth",
        "maxBatchCalls",
        "maxConcurrentCalls",
        "maxConnections",
        "connectionIdleSeconds",
        "messageSeconds",
        "maxInlineBlobBytes",
        "maxBlobBytes",
        "maxBatchEntries",
        "maxBatchBytes",
        "maxBlockBytes",
        "maxTransfers",
        "transferSeconds",
        "maxFlistBytes",
        "maxFlistInodes",
        "maxFlistFileBytes",
        "maxArchiveBytes",
    ];
    let limits: serde_json::Map<_, _> = names
        .iter()
        .map(|name| ((*name).to_owned(), json!(1000)))
        .collect();
    json!({
        "name": "Fake", "version": "1.0.0", "serverId": "0".repeat(32), "limits": limits, "digestFunctions": ["sha256"], "endpoints": [],
    })
}

/// A transfer that waits to be used.
pub fn transfer(kind: &str) -> Value {
    json!({
        "id": "0".repeat(32), "kind": kind, "state": "pending", "url": "/transfers/x", "createdAt": "2026-11-21T09:00:00Z",
        "expiresAt": "2026-11-21T09:15:00Z", "bytes": 0, "items": 0,
    })
}

/// An entry of a tar batch.
pub fn entry(name: &str, content: &[u8]) -> Vec<u8> {
    let mut block = vec![0u8; 512];
    block[..name.len()].copy_from_slice(name.as_bytes());
    block[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
    block[148..156].copy_from_slice(b"        ");
    block[156] = b'0';
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    block.extend_from_slice(content);
    block.resize(block.len().div_ceil(512) * 512, 0);
    block
}

/// An HTTP answer with a body.
pub fn ok(body: &[u8]) -> Vec<u8> {
    let mut answer =
        format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len()).into_bytes();
    answer.extend_from_slice(body);
    answer
}
