//! A server that sends whatever frames a test wants, on WebSockets.

use std::sync::Arc;

use ring::digest::{digest, SHA1_FOR_LEGACY_USE_ONLY};
use rpcstore_client::Base64;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// A frame that the client sent, unmasked.
#[derive(Debug)]
pub struct Frame {
    pub opcode: u8,
    pub payload: Vec<u8>,
}

impl Frame {
    /// The request that it is.
    pub fn request(&self) -> Value {
        serde_json::from_slice(&self.payload).unwrap()
    }
}

/// The test's end of a connection.
pub struct Peer {
    stream: BufReader<TcpStream>,
}

impl Peer {
    /// The next frame; the end of the connection is an error.
    pub async fn read(&mut self) -> std::io::Result<Frame> {
        let mut head = [0; 2];
        self.stream.read_exact(&mut head).await?;
        assert_eq!(head[0] & 0xf0, 0x80, "each frame of a client is whole");
        assert_eq!(head[1] & 0x80, 0x80, "each frame of a client is masked");
        let length = match head[1] & 0x7f {
            126 => u64::from(self.stream.read_u16().await?),
            127 => self.stream.read_u64().await?,
            short => u64::from(short),
        };
        let mut key = [0; 4];
        self.stream.read_exact(&mut key).await?;
        let mut payload = vec![0; usize::try_from(length).unwrap()];
        self.stream.read_exact(&mut payload).await?;
        for (byte, key) in payload.iter_mut().zip(key.iter().cycle()) {
            *byte ^= key;
        }

        Ok(Frame {
            opcode: head[0] & 0x0f,
            payload,
        })
    }

    /// Sends bytes as they are. A client that has seen enough may be gone.
    pub async fn send(&mut self, bytes: &[u8]) {
        let _ = self.stream.write_all(bytes).await;
    }
}

/// A fake server; it ends when it is dropped.
pub struct WebSocketFake {
    port: u16,
    task: JoinHandle<()>,
    peers: mpsc::UnboundedReceiver<Peer>,
}

impl WebSocketFake {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (sender, peers) = mpsc::unbounded_channel();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let _ = sender.send(upgrade(stream).await);
            }
        });
        Self { port, task, peers }
    }

    pub fn url(&self) -> String {
        format!("ws://127.0.0.1:{}", self.port)
    }

    /// The next connection.
    pub async fn accept(&mut self) -> Peer {
        self.peers.recv().await.unwrap()
    }
}

impl Drop for WebSocketFake {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn upgrade(stream: TcpStream) -> Peer {
    let mut stream = BufReader::new(stream);
    let mut key = Vec::new();
    let mut line = String::new();
    while line != "\r\n" {
        line.clear();
        stream.read_line(&mut line).await.unwrap();
        if let Some((name, value)) = line.split_once(':') {
            if name.eq_ignore_ascii_case("sec-websocket-key") {
                key = value.trim().as_bytes().to_vec();
            }
        }
    }

    key.extend_from_slice(b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
    let digest = digest(&SHA1_FOR_LEGACY_USE_ONLY, &key);
    let accept = serde_json::to_value(Base64::new(digest.as_ref())).unwrap();
    let accept = accept.as_str().unwrap();
    let answer = format!(
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: {accept}\r\n\r\n"
    );
    stream.write_all(answer.as_bytes()).await.unwrap();
    Peer { stream }
}

/// A frame of a server.
pub fn frame(opcode: u8, is_last: bool, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![u8::from(is_last) << 7 | opcode];
    match payload.len() {
        length @ 0..=125 => frame.push(length as u8),
        length @ 126..=0xffff => {
            frame.push(126);
            frame.extend_from_slice(&(length as u16).to_be_bytes());
        }
        length => {
            frame.push(127);
            frame.extend_from_slice(&(length as u64).to_be_bytes());
        }
    }

    frame.extend_from_slice(payload);
    frame
}

/// Lets a closure answer each frame of the next connections, for as long as the test runs.
pub fn answer_all(
    mut fake: WebSocketFake,
    answer: impl Fn(usize, &Value) -> Vec<Vec<u8>> + Send + Sync + 'static,
) -> (String, JoinHandle<()>) {
    let url = fake.url();
    let answer = Arc::new(answer);
    let task = tokio::spawn(async move {
        for number in 0.. {
            let mut peer = fake.accept().await;
            let answer = Arc::clone(&answer);
            tokio::spawn(async move {
                while let Ok(request) = peer.read().await {
                    if request.opcode == 1 {
                        for bytes in answer(number, &request.request()) {
                            peer.send(&bytes).await;
                        }
                    }
                }
            });
        }
    });
    (url, task)
}
