//! What can go wrong.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::Value;

use crate::generated::errors::{ErrorData, ErrorKind};
use crate::values::BlobId;

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

/// An error of the contract's table, as the server sent it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RpcError {
    /// Which error it is.
    pub kind: ErrorKind,
    /// Its code on the wire, also of an unknown error.
    pub code: i64,
    /// Its name on the wire, also of an unknown error; empty when the server sent none.
    pub name: String,
    /// What was wrong and what to do, for a person.
    pub message: String,
    /// What there is to know beside the name.
    pub data: ErrorData,
}

impl fmt::Display for RpcError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match (&self.name, self.code) {
            (name, code) if name.is_empty() => write!(f, " (code {code})"),
            (name, _) => write!(f, " ({name})"),
        }
    }
}

impl std::error::Error for RpcError {}

#[derive(Deserialize)]
struct WireError<'a> {
    code: i64,
    message: String,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
}

impl RpcError {
    /// Reads an error object of JSON-RPC; `None` if it is none.
    pub(crate) fn parse(json: &[u8]) -> Option<Self> {
        let wire: WireError<'_> = serde_json::from_slice(json).ok()?;
        let data = wire.data.map_or("{}", RawValue::get);
        // Data that this client cannot read does not make the error another one.
        let members: Value = serde_json::from_str(data).unwrap_or_default();
        let name = members
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        Some(Self {
            kind: Self::kind_of(wire.code, &name),
            code: wire.code,
            name,
            message: wire.message,
            data: serde_json::from_value(members).unwrap_or_default(),
        })
    }

    /// What is known of an error when there is nothing but a status of HTTP.
    pub(crate) fn from_status(status: u16) -> Self {
        let code = i64::from(status);
        let kind = Self::kind_of(code, "");
        Self {
            kind,
            code,
            name: kind.name().to_owned(),
            message: format!("the server answered with HTTP status {status}"),
            data: ErrorData::default(),
        }
    }

    fn kind_of(code: i64, name: &str) -> ErrorKind {
        let known = ErrorKind::ALL.iter().copied();
        known
            .clone()
            .find(|kind| kind.name() == name)
            .or_else(|| {
                known
                    .clone()
                    .find(|kind| name.is_empty() && kind.code() == code)
            })
            .unwrap_or(ErrorKind::Unknown)
    }
}

impl From<RpcError> for Error {
    fn from(error: RpcError) -> Self {
        Self::Rpc(Box::new(error))
    }
}

/// Whether trying again can help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Retry {
    /// It can, later.
    Yes,
    /// It cannot: the same call fails again.
    No,
    /// It may.
    Maybe,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_the_table_is_known_with_its_data() {
        let error = RpcError::parse(
            br#"{"code":413,"message":"Too large.","data":{"name":"tooLarge","limit":"maxBlobBytes","maximum":7,"new":1}}"#,
        )
        .unwrap();

        assert_eq!(error.kind, ErrorKind::TooLarge);
        assert_eq!(
            (error.data.limit.as_deref(), error.data.maximum),
            (Some("maxBlobBytes"), Some(7))
        );
        assert_eq!(error.to_string(), "Too large. (tooLarge)");
    }

    #[test]
    fn an_error_that_is_not_known_keeps_its_code_and_name() {
        let error =
            RpcError::parse(br#"{"code":499,"message":"m","data":{"name":"melted"}}"#).unwrap();

        assert_eq!(
            (error.kind, error.code, error.name.as_str()),
            (ErrorKind::Unknown, 499, "melted")
        );
    }

    #[test]
    fn strange_data_is_no_reason_to_lose_the_error() {
        for data in [
            "7",
            "[]",
            r#"{"name":5}"#,
            r#"{"name":"notFound","missingCount":"many"}"#,
        ] {
            let error = RpcError::parse(
                format!(r#"{{"code":404,"message":"m","data":{data}}}"#).as_bytes(),
            )
            .unwrap();
            assert_eq!(error.kind, ErrorKind::NotFound, "{data}");
        }
    }

    #[test]
    fn what_is_no_error_object_is_refused() {
        for json in [
            "",
            "7",
            "{}",
            r#"{"code":"x","message":"m"}"#,
            r#"{"code":1}"#,
        ] {
            assert!(RpcError::parse(json.as_bytes()).is_none(), "{json}");
        }
    }
}
