//! Opens streams of bytes to the server.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
#[cfg(unix)]
use tokio::net::UnixStream;
use tokio_rustls::client::TlsStream;

use super::tls::TlsDialer;
use crate::endpoint::{Authority, Endpoint};
use crate::error::Error;

const HOW_TO_START: &str = ". Is the server running? 'rpcstore serve' starts one";

pub(crate) type BoxedRead = Box<dyn AsyncRead + Send + Unpin>;
pub(crate) type BoxedWrite = Box<dyn AsyncWrite + Send + Unpin>;

/// Opens connections to one endpoint.
pub(crate) struct Dialer {
    endpoint: Endpoint,
    timeout: Duration,
    tls: Option<TlsDialer>,
}

impl Dialer {
    pub(crate) fn new(endpoint: Endpoint, timeout: Duration) -> Result<Self, Error> {
        let tls = match &endpoint {
            Endpoint::Tls { authority, pin } => Some(TlsDialer::new(authority, *pin)?),
            _ => None,
        };
        Ok(Self {
            endpoint,
            timeout,
            tls,
        })
    }

    /// A new connection.
    pub(crate) async fn connect(&self) -> Result<Stream, Error> {
        let outcome = match tokio::time::timeout(self.timeout, self.dial()).await {
            Ok(outcome) => outcome,
            Err(_) => Err(format!("no answer within {:?}{HOW_TO_START}", self.timeout)),
        };
        outcome.map_err(|reason| self.refuse(reason))
    }

    /// The error of a server that is there and cannot be used.
    pub(crate) fn refuse(&self, reason: impl Into<String>) -> Error {
        Error::Connect {
            endpoint: self.endpoint.to_string(),
            reason: reason.into(),
        }
    }

    async fn dial(&self) -> Result<Stream, String> {
        match &self.endpoint {
            Endpoint::Unix { path, .. } => dial_unix(path).await,
            Endpoint::Tcp(authority)
            | Endpoint::WebSocket(authority)
            | Endpoint::Http(authority) => dial_tcp(authority).await.map(Stream::Tcp),
            Endpoint::Tls { authority, .. } => {
                let stream = dial_tcp(authority).await?;
                match &self.tls {
                    Some(tls) => Ok(Stream::Tls(Box::new(tls.secure(stream).await?))),
                    None => Err("it has no TLS".to_owned()),
                }
            }
        }
    }
}

#[cfg(unix)]
async fn dial_unix(path: &std::path::Path) -> Result<Stream, String> {
    match UnixStream::connect(path).await {
        Ok(stream) => Ok(Stream::Unix(stream)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            Err(format!("there is no such socket{HOW_TO_START}"))
        }
        Err(e) => Err(explain(&e)),
    }
}

#[cfg(not(unix))]
async fn dial_unix(_: &std::path::Path) -> Result<Stream, String> {
    Err("this system has no unix sockets".to_owned())
}

async fn dial_tcp(authority: &Authority) -> Result<TcpStream, String> {
    let stream = TcpStream::connect((authority.dial_host(), authority.port)).await;
    stream
        .and_then(|stream| stream.set_nodelay(true).map(|()| stream))
        .map_err(|e| explain(&e))
}

fn explain(e: &io::Error) -> String {
    match e.kind() {
        io::ErrorKind::ConnectionRefused => format!("nobody listens there{HOW_TO_START}"),
        io::ErrorKind::PermissionDenied => "you may not use this socket".to_owned(),
        _ => e.to_string(),
    }
}

/// A connection.
pub(crate) enum Stream {
    #[cfg(unix)]
    Unix(UnixStream),
    Tcp(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl Stream {
    /// Its two directions.
    pub(crate) fn split(self) -> (BoxedRead, BoxedWrite) {
        match self {
            #[cfg(unix)]
            Self::Unix(stream) => {
                let (read, write) = stream.into_split();
                (Box::new(read), Box::new(write))
            }
            Self::Tcp(stream) => {
                let (read, write) = stream.into_split();
                (Box::new(read), Box::new(write))
            }
            Self::Tls(stream) => {
                let (read, write) = tokio::io::split(stream);
                (Box::new(read), Box::new(write))
            }
        }
    }
}

macro_rules! each {
    ($self:expr, $stream:ident => $call:expr) => {
        match $self.get_mut() {
            #[cfg(unix)]
            Stream::Unix($stream) => $call,
            Stream::Tcp($stream) => $call,
            Stream::Tls($stream) => $call,
        }
    };
}

impl AsyncRead for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        each!(self, stream => Pin::new(stream).poll_read(cx, buffer))
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        each!(self, stream => Pin::new(stream).poll_write(cx, bytes))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        each!(self, stream => Pin::new(stream).poll_write_vectored(cx, parts))
    }

    /// Large pieces of bodies are not gathered first then.
    fn is_write_vectored(&self) -> bool {
        match self {
            #[cfg(unix)]
            Self::Unix(stream) => stream.is_write_vectored(),
            Self::Tcp(stream) => stream.is_write_vectored(),
            Self::Tls(stream) => stream.is_write_vectored(),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        each!(self, stream => Pin::new(stream).poll_flush(cx))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        each!(self, stream => Pin::new(stream).poll_shutdown(cx))
    }
}
