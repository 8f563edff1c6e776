//! Where a server is.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::error::Error;
use crate::values::{from_hex, to_hex};

const FORMS: &str =
    "unix:PATH, tcp://HOST:PORT, tls://HOST:PORT (followed by #sha256:HEX to trust one certificate), ws://HOST:PORT or http://HOST:PORT";

/// Where a server is, and how it is spoken to.
///
/// ```
/// use rpcstore_client::Endpoint;
///
/// let endpoint: Endpoint = "tcp://[400::1]:9750".parse().unwrap();
/// assert_eq!(endpoint.to_string(), "tcp://[400::1]:9750");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Endpoint {
    /// `unix:PATH`, a unix socket.
    Unix {
        /// Its file.
        path: PathBuf,
        /// Whether each connection takes one message (`?mode=single`): every call is an HTTP
        /// request of its own then.
        single: bool,
    },
    /// `tcp://HOST:PORT`.
    Tcp(Authority),
    /// `tls://HOST:PORT`, with `#sha256:HEX` behind it if exactly one certificate is trusted.
    Tls {
        /// Where to.
        authority: Authority,
        /// The SHA-256 of the DER form of the only certificate that is trusted; without it the
        /// system's authorities tell.
        pin: Option<[u8; 32]>,
    },
    /// `ws://HOST:PORT`: a WebSocket, for networks that let nothing else through.
    WebSocket(Authority),
    /// `http://HOST:PORT`: every call is a request. There are no reports of progress.
    Http(Authority),
}

/// A host and a port.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Authority {
    /// A name or an address, without brackets.
    pub host: String,
    /// The port.
    pub port: u16,
}

impl Endpoint {
    /// Whether every call is an HTTP request.
    pub(crate) fn is_http(&self) -> bool {
        matches!(self, Self::Http(_) | Self::Unix { single: true, .. })
    }

    /// What the header `Host` says.
    pub(crate) fn http_host(&self) -> String {
        match self {
            Self::Unix { .. } => "localhost".to_owned(),
            Self::Tcp(authority)
            | Self::Tls { authority, .. }
            | Self::WebSocket(authority)
            | Self::Http(authority) => authority.to_string(),
        }
    }
}

impl Authority {
    /// What a connection is made to: a server that says `*` is reached on this machine.
    pub(crate) fn dial_host(&self) -> &str {
        match self.host.as_str() {
            "*" => "localhost",
            host => host,
        }
    }
}

impl fmt::Display for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.dial_host() {
            host if host.contains(':') => write!(f, "[{host}]:{}", self.port),
            host => write!(f, "{host}:{}", self.port),
        }
    }
}

impl FromStr for Authority {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let refuse = |reason: &str| {
            Err(Error::invalid(format!(
                "'{text}' is no HOST:PORT: {reason}"
            )))
        };
        let (host, port) = match text.strip_prefix('[') {
            Some(rest) => match rest.split_once("]:") {
                Some((host, port)) if host.parse::<std::net::Ipv6Addr>().is_ok() => (host, port),
                _ => return refuse("an IPv6 address stands in brackets, and a port behind it"),
            },
            None => match text.split_once(':') {
                Some((_, port)) if port.contains(':') => {
                    return refuse("an IPv6 address stands in brackets")
                }
                Some(pair) => pair,
                None => return refuse("the port is missing"),
            },
        };
        let is_host = |c: char| c.is_ascii_alphanumeric() || ".-_:*".contains(c);
        match port.parse() {
            _ if host.is_empty() || !host.chars().all(is_host) => {
                refuse("the host is no name and no address")
            }
            Ok(port) if port != 0 => Ok(Self {
                host: host.to_owned(),
                port,
            }),
            _ => refuse("the port is a number from 1 to 65535"),
        }
    }
}

impl FromStr for Endpoint {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        if let Some(path) = text.strip_prefix("unix:") {
            let (path, single) = match path.split_once('?') {
                None => (path, false),
                Some((path, "mode=single")) => (path, true),
                Some((_, query)) => {
                    return Err(Error::invalid(format!(
                        "'{text}': '{query}' is not known; mode=single is"
                    )))
                }
            };
            return match path {
                "" => Err(Error::invalid(format!("'{text}' names no socket"))),
                path => Ok(Self::Unix {
                    path: path.into(),
                    single,
                }),
            };
        }

        match text.split_once("://") {
            Some(("tcp", rest)) => Ok(Self::Tcp(rest.parse()?)),
            Some(("ws", rest)) => Ok(Self::WebSocket(without_path(rest).parse()?)),
            Some(("http", rest)) => Ok(Self::Http(without_path(rest).parse()?)),
            Some(("tls", rest)) => parse_tls(text, rest),
            Some(("overlay", _)) => Err(Error::invalid(format!(
                "'{text}' is where a server listens; a client names one machine there: tcp://[ADDRESS]:PORT"
            ))),
            _ => Err(Error::invalid(format!("'{text}' is no endpoint: {FORMS}"))),
        }
    }
}

fn without_path(rest: &str) -> &str {
    rest.strip_suffix('/').unwrap_or(rest)
}

fn parse_tls(text: &str, rest: &str) -> Result<Endpoint, Error> {
    let (authority, fragment) = match rest.split_once('#') {
        Some((authority, fragment)) => (authority, Some(fragment)),
        None => (rest, None),
    };
    let pin = match fragment {
        None => None,
        Some(fragment) => match fragment.strip_prefix("sha256:").and_then(from_hex) {
            Some(pin) => Some(pin),
            None => {
                return Err(Error::invalid(format!(
                    "'{text}': behind # stands sha256: and the 64 lower-case hex digits of a certificate's SHA-256"
                )))
            }
        },
    };
    Ok(Endpoint::Tls {
        authority: authority.parse()?,
        pin,
    })
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix { path, single } => {
                let mode = if *single { "?mode=single" } else { "" };
                write!(f, "unix:{}{mode}", path.display())
            }
            Self::Tcp(authority) => write!(f, "tcp://{authority}"),
            Self::Tls {
                authority,
                pin: None,
            } => write!(f, "tls://{authority}"),
            Self::Tls {
                authority,
                pin: Some(pin),
            } => write!(f, "tls://{authority}#sha256:{}", to_hex(pin)),
            Self::WebSocket(authority) => write!(f, "ws://{authority}"),
            Self::Http(authority) => write!(f, "http://{authority}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_survive_a_round_trip() {
        let pin = "ab".repeat(32);
        for text in [
            "unix:/run/rpcstore.sock",
            "unix:relative.sock?mode=single",
            "tcp://127.0.0.1:9750",
            "tcp://[400::1]:9750",
            "tls://example.org:9750",
            &format!("tls://[::1]:1#sha256:{pin}"),
            "ws://localhost:80",
            "http://localhost:80",
        ] {
            assert_eq!(text.parse::<Endpoint>().unwrap().to_string(), text);
        }

        assert_eq!(
            "tcp://*:5".parse::<Endpoint>().unwrap().to_string(),
            "tcp://localhost:5"
        );
    }

    #[test]
    fn other_text_is_refused_with_what_is_wrong() {
        for (text, word) in [
            ("", "no endpoint"),
            ("unix:", "names no socket"),
            ("unix:a?b", "mode=single"),
            ("tcp://400::1:9750", "brackets"),
            ("tcp://[400::1]", "brackets"),
            ("tcp://host", "port is missing"),
            ("tcp://host:0", "1 to 65535"),
            ("tcp://host:70000", "1 to 65535"),
            ("tcp://:9", "no name"),
            ("tcp://a/b:9", "no name"),
            ("tls://h:1#sha1:00", "sha256"),
            ("overlay://400::/7:9750", "where a server listens"),
            ("https://h:1", "no endpoint"),
        ] {
            let reason = text.parse::<Endpoint>().unwrap_err().to_string();
            assert!(reason.contains(word), "{text}: {reason}");
        }
    }
}
