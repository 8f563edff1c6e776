//! What scenarios share.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use rpcstore_client::{Client, Error, ErrorKind, RpcError, SigningKey};
use tokio::io::{AsyncRead, ReadBuf};

pub type Failure = Box<dyn std::error::Error>;
pub type Ended = Result<(), Failure>;

/// What a scenario is given.
#[derive(Default)]
pub struct Setup {
    pub url: String,
    pub key: Option<String>,
    pub admin_key: Option<String>,
}

impl Setup {
    pub fn is_unix(&self) -> bool {
        self.url.starts_with("unix:")
    }

    pub fn is_http(&self) -> bool {
        self.url.starts_with("http:") || self.url.ends_with("mode=single")
    }

    /// A client that has not logged in: a guest, or on the local socket the account `local`.
    pub async fn plain(&self) -> Result<Client, Error> {
        Client::connect(&self.url).await
    }

    pub async fn user(&self) -> Result<Client, Failure> {
        self.with_key(self.key.as_deref().ok_or("this scenario needs --key")?)
            .await
    }

    pub async fn admin(&self) -> Result<Client, Failure> {
        match &self.admin_key {
            Some(key) => self.with_key(key).await,
            None if self.is_unix() => Ok(self.plain().await?),
            None => Err("this scenario uploads: over a network it needs --admin-key".into()),
        }
    }

    async fn with_key(&self, file: &str) -> Result<Client, Failure> {
        let client = self.plain().await?;
        client.login(&SigningKey::from_openssh_file(file)?).await?;
        Ok(client)
    }
}

pub fn check(holds: bool, what: &str) -> Result<(), Failure> {
    if holds {
        Ok(())
    } else {
        Err(what.into())
    }
}

/// The error of the contract that a call must have ended with.
pub fn expect_error<T: std::fmt::Debug>(
    outcome: Result<T, Error>,
    kind: ErrorKind,
) -> Result<RpcError, Failure> {
    match outcome {
        Err(Error::Rpc(error)) if error.kind == kind => {
            check(
                error.code == kind.code(),
                &format!("{kind:?} has the code {}", error.code),
            )?;
            check(
                error.name == kind.name(),
                &format!("{kind:?} has the name {}", error.name),
            )?;
            Ok(*error)
        }
        other => Err(format!("expected {kind:?}, got {other:?}").into()),
    }
}

/// The same bytes for the same seed: a generator of Marsaglia's.
pub struct Noise {
    state: u64,
    left: u64,
}

impl Noise {
    pub fn new(seed: u64, length: u64) -> Self {
        Self {
            state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
            left: length,
        }
    }

    pub fn bytes(mut self) -> Vec<u8> {
        let mut bytes = vec![0; self.left as usize];
        self.fill(&mut bytes);
        bytes
    }

    pub fn fill(&mut self, bytes: &mut [u8]) {
        for word in bytes.chunks_mut(8) {
            self.state ^= self.state << 13;
            self.state ^= self.state >> 7;
            self.state ^= self.state << 17;
            word.copy_from_slice(&self.state.to_le_bytes()[..word.len()]);
        }
    }
}

impl AsyncRead for Noise {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        // Whole words, so that the bytes do not depend on the pieces that they are read in.
        let count = self.left.min(buffer.remaining() as u64).min(64 << 10) as usize;
        let count = if (count as u64) < self.left {
            count / 8 * 8
        } else {
            count
        };
        let mut bytes = vec![0; count];
        self.fill(&mut bytes);
        buffer.put_slice(&bytes);
        self.left -= count as u64;
        Poll::Ready(Ok(()))
    }
}

/// Gives some bytes, and then nothing for ever.
pub struct Stalled(pub u64);

impl AsyncRead for Stalled {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.0 == 0 {
            return Poll::Pending;
        }

        let count = self.0.min(buffer.remaining() as u64);
        buffer.put_slice(&vec![7; count as usize]);
        self.0 -= count;
        Poll::Ready(Ok(()))
    }
}
