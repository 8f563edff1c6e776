//! The messages of JSON-RPC 2.0, as far as a client needs them.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::error::Error;

/// Takes the value of a progress report, as JSON.
pub(crate) type Handler = Box<dyn FnMut(&[u8]) -> Result<(), Error> + Send>;

/// A call on its way out.
pub(crate) struct Outgoing {
    /// What follows the id, up to the brace that closes the message.
    tail: Vec<u8>,
    pub(crate) progress: Option<(u64, Handler)>,
}

impl Outgoing {
    pub(crate) fn new(
        method: &str,
        params: &impl Serialize,
        progress: Option<(u64, Handler)>,
    ) -> serde_json::Result<Self> {
        let mut tail = Vec::with_capacity(128);
        tail.extend_from_slice(b",\"method\":");
        serde_json::to_writer(&mut tail, method)?;
        tail.extend_from_slice(b",\"params\":");
        serde_json::to_writer(&mut tail, params)?;
        tail.push(b'}');
        Ok(Self { tail, progress })
    }

    /// Appends the message.
    pub(crate) fn write(&self, id: u64, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"jsonrpc\":\"2.0\",\"id\":");
        write_number(id, out);
        out.extend_from_slice(&self.tail);
    }
}

/// Appends the notification that cancels a call.
pub(crate) fn write_cancel(id: u64, out: &mut Vec<u8>) {
    out.extend_from_slice(
        b"{\"jsonrpc\":\"2.0\",\"method\":\"$/cancelRequest\",\"params\":{\"id\":",
    );
    write_number(id, out);
    out.extend_from_slice(b"}}");
}

fn write_number(mut number: u64, out: &mut Vec<u8>) {
    let mut digits = [0; 20];
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }

    out.extend_from_slice(&digits[start..]);
}

/// What a call is answered with, as JSON.
#[derive(Debug)]
pub(crate) enum Reply {
    Result(Bytes),
    Error(Bytes),
}

/// A message that came in.
#[derive(Debug)]
pub(crate) enum Incoming {
    Reply(u64, Reply),
    /// An error that is about no call that the server knows.
    Complaint(Bytes),
    Progress(u64, Bytes),
    /// A notification that means nothing to a client.
    Other,
}

#[derive(Deserialize)]
struct Envelope<'a> {
    id: Option<u64>,
    #[serde(borrow)]
    result: Option<&'a RawValue>,
    #[serde(borrow)]
    error: Option<&'a RawValue>,
    #[serde(borrow)]
    method: Option<&'a RawValue>,
    #[serde(borrow)]
    params: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Progress<'a> {
    token: u64,
    #[serde(borrow)]
    value: &'a RawValue,
}

impl Incoming {
    /// Reads a message. Nothing is copied.
    pub(crate) fn parse(message: &Bytes) -> Result<Self, Error> {
        if let Some(reply) = Self::parse_usual(message) {
            return Ok(reply);
        }

        let envelope: Envelope<'_> = serde_json::from_slice(message)
            .map_err(|e| Error::protocol(format!("what came is no JSON-RPC message: {e}")))?;
        let slice = |json: &RawValue| message.slice_ref(json.get().as_bytes());
        match (
            envelope.id,
            envelope.result,
            envelope.error,
            envelope.method,
        ) {
            (Some(id), Some(result), None, None) => {
                Ok(Self::Reply(id, Reply::Result(slice(result))))
            }
            (Some(id), None, Some(error), None) => Ok(Self::Reply(id, Reply::Error(slice(error)))),
            (None, None, Some(error), None) => Ok(Self::Complaint(slice(error))),
            (None, None, None, Some(method)) if method.get() == "\"$/progress\"" => {
                let params = envelope.params.map_or("null", RawValue::get);
                let progress: Progress<'_> = serde_json::from_str(params).map_err(|e| {
                    Error::protocol(format!("a report of progress is malformed: {e}"))
                })?;
                Ok(Self::Progress(progress.token, slice(progress.value)))
            }
            (None, None, None, Some(_)) => Ok(Self::Other),
            _ => Err(Error::protocol(
                "what came is JSON and neither a reply nor a notification",
            )),
        }
    }

    /// Reads a result that is written as servers write it; `None` for anything else.
    fn parse_usual(message: &Bytes) -> Option<Self> {
        let rest = message.strip_prefix(b"{\"jsonrpc\":\"2.0\",\"id\":")?;
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        // Any number of so many digits fits.
        if !(1..=19).contains(&digits) || (rest[0] == b'0' && digits > 1) {
            return None;
        }

        let id = rest[..digits]
            .iter()
            .fold(0, |id, digit| id * 10 + u64::from(digit - b'0'));
        let result = rest[digits..].strip_prefix(b",\"result\":")?;
        let result = result
            .strip_suffix(b"\n")
            .unwrap_or(result)
            .strip_suffix(b"}")?;
        let json: &RawValue = serde_json::from_slice(result).ok()?;
        let json = message.slice_ref(json.get().as_bytes());
        Some(Self::Reply(id, Reply::Result(json)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_decimal() {
        for number in [0, 7, 10, 1_234_567_890, u64::MAX] {
            let mut out = Vec::new();
            write_number(number, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), number.to_string());
        }
    }

    #[test]
    fn what_is_no_message_is_refused() {
        for text in [
            "",
            "garbage",
            "[]",
            "{}",
            "7",
            r#"{"id":1}"#,
            r#"{"id":"1","result":{}}"#,
            r#"{"id":-1,"result":{}}"#,
            r#"{"id":1,"result":{},"error":{}}"#,
            r#"{"jsonrpc":"2.0","id":1,"result":{},"error":{}}"#,
            r#"{"jsonrpc":"2.0","id":1,"result":}"#,
            r#"{"jsonrpc":"2.0","id":1,"result":{"a":}}"#,
            r#"{"jsonrpc":"2.0","id":01,"result":{}}"#,
            r#"{"jsonrpc":"2.0","id":99999999999999999999,"result":{}}"#,
            r#"{"result":{}}"#,
            r#"{"id":1,"method":"blobs.has"}"#,
            r#"{"method":"$/progress","params":{"token":"x","value":1}}"#,
            r#"{"method":"$/progress"}"#,
        ] {
            assert!(
                Incoming::parse(&Bytes::from_static(text.as_bytes())).is_err(),
                "{text}"
            );
        }
    }

    #[test]
    fn messages_are_told_apart() {
        let parse =
            |text: &'static str| Incoming::parse(&Bytes::from_static(text.as_bytes())).unwrap();

        assert!(
            matches!(parse(r#"{"jsonrpc":"2.0","id":1,"result":{"a":1}}"#), Incoming::Reply(1, Reply::Result(json)) if json == r#"{"a":1}"#)
        );
        assert!(matches!(
            parse(r#"{"error":{},"id":2}"#),
            Incoming::Reply(2, Reply::Error(_))
        ));
        assert!(matches!(
            parse(r#"{"id":null,"error":{}}"#),
            Incoming::Complaint(_)
        ));
        assert!(
            matches!(parse(r#"{"method":"$/progress","params":{"token":3,"value":[1]}}"#), Incoming::Progress(3, json) if json == "[1]")
        );
        assert!(matches!(parse(r#"{"method":"$/other"}"#), Incoming::Other));
        for text in [
            "{\"jsonrpc\":\"2.0\",\"id\":9223372036854775807,\"result\":[{}]}\n",
            "{\"jsonrpc\":\"2.0\",\"id\":9223372036854775807,\"result\": [{}] }\r\n",
            "{ \"jsonrpc\":\"2.0\",\"id\":9223372036854775807,\"result\":[{}] }",
        ] {
            assert!(
                matches!(parse(text), Incoming::Reply(0x7fff_ffff_ffff_ffff, Reply::Result(json)) if json == "[{}]"),
                "{text}"
            );
        }
    }
}
