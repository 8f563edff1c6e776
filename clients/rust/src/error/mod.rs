//! What can go wrong.

mod rpc;

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use crate::generated::errors::ErrorKind;
use crate::values::BlobId;

pub use rpc::{Retry, RpcError};

/// Why a call, a transfer or a connection failed. Cheap to clone.
///
/// ```no_run
/// # async fn example(client: rpcstore_client::Client, id: rpcstore_client::BlobId) -> Result<(), rpcstore_client::Error> {
/// use rpcstore_client::ErrorKind;
///
/// match client.blobs().get(id).await {
///     Ok(content) => println!("{} bytes", content.size),
///     Err(e) if e.kind() == Some(ErrorKind::NotFound) => println!("not here"),
///     Err(e) => return Err(e),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Error {
    /// The server answered with an error of the contract.
    Rpc(Box<RpcError>),
    /// The server cannot be reached, or is not the one that is expected.
    Connect {
        /// Where it should be.
        endpoint: String,
        /// Why not, for a person.
        reason: String,
    },
    /// The connection broke, or was closed, before the answer was whole. Whether the call took
    /// effect is not known. The next call opens a new connection.
    ConnectionLost {
        /// What happened, for a person.
        reason: String,
    },
    /// The server answered something that no server of this contract may answer.
    Protocol {
        /// What was wrong, for a person.
        reason: String,
    },
    /// The bytes that came for a blob are not that blob. Nothing of them was kept.
    Corrupt {
        /// The blob that was asked for.
        id: BlobId,
        /// What the bytes are instead.
        actual: BlobId,
    },
    /// There was no answer in the time that the caller set. The call was cancelled on the server.
    Timeout {
        /// That time.
        after: Duration,
    },
    /// What the caller gave cannot be used.
    Invalid {
        /// What and why, for a person.
        reason: String,
    },
    /// A local file or stream failed.
    Io(Arc<io::Error>),
}

impl Error {
    /// The error of the contract; `None` if it is no answer of the server.
    pub fn rpc(&self) -> Option<&RpcError> {
        match self {
            Self::Rpc(error) => Some(error),
            _ => None,
        }
    }

    /// Which error of the contract it is; `None` if it is no answer of the server.
    pub fn kind(&self) -> Option<ErrorKind> {
        self.rpc().map(|error| error.kind)
    }

    /// Whether there was no server, or not until the end.
    pub fn is_connection(&self) -> bool {
        matches!(self, Self::Connect { .. } | Self::ConnectionLost { .. })
    }

    pub(crate) fn protocol(reason: impl Into<String>) -> Self {
        Self::Protocol {
            reason: reason.into(),
        }
    }

    pub(crate) fn lost(reason: impl Into<String>) -> Self {
        Self::ConnectionLost {
            reason: reason.into(),
        }
    }

    pub(crate) fn invalid(reason: impl Into<String>) -> Self {
        Self::Invalid {
            reason: reason.into(),
        }
    }

    /// The same error inside the one kind of error that readers may give.
    pub(crate) fn into_io(self) -> io::Error {
        let kind = match &self {
            Self::Corrupt { .. } | Self::Protocol { .. } => io::ErrorKind::InvalidData,
            Self::ConnectionLost { .. } => io::ErrorKind::UnexpectedEof,
            Self::Timeout { .. } => io::ErrorKind::TimedOut,
            _ => io::ErrorKind::Other,
        };
        io::Error::new(kind, self)
    }

    /// What [`Self::into_io`] was given, or the error of a local file.
    pub(crate) fn from_io(error: io::Error) -> Self {
        match error
            .get_ref()
            .and_then(|inner| inner.downcast_ref::<Self>())
        {
            Some(inner) => inner.clone(),
            None => Self::Io(Arc::new(error)),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rpc(error) => error.fmt(f),
            Self::Connect { endpoint, reason } => {
                write!(f, "cannot connect to {endpoint}: {reason}")
            }
            Self::ConnectionLost { reason } => {
                write!(f, "the connection to the server broke: {reason}")
            }
            Self::Protocol { reason } => write!(f, "the server broke the protocol: {reason}"),
            Self::Corrupt { id, actual } => write!(
                f,
                "the bytes that came for {id} have the digest {actual}; nothing of them was kept"
            ),
            Self::Timeout { after } => write!(f, "no answer within {after:?}"),
            Self::Invalid { reason } => f.write_str(reason),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error.as_ref()),
            _ => None,
        }
    }
}

/// `?` in a function that reads from what this crate gives out.
impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::from_io(error)
    }
}

impl From<RpcError> for Error {
    fn from(error: RpcError) -> Self {
        Self::Rpc(Box::new(error))
    }
}
