//! Errors of the contract.

use std::fmt;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::Value;

use crate::generated::errors::{ErrorData, ErrorKind};

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
