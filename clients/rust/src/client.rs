//! The client.

use std::borrow::Cow;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use tokio::sync::OnceCell;

use crate::bulk::{Download, Source, Upload};
use crate::connection::{Dialer, Sessions};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::http::Http;
use crate::login::{self, Credential, SigningKey};
use crate::request::{Call, Method, Request};
use crate::types::{Identity, Limits, Login};
use crate::values::BlobId;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const MAX_MESSAGE_BYTES: usize = 64 << 20;

/// A client of one server. Cheap to clone; clones share the connection, and may be used from any
/// task.
///
/// Calls go over one connection, as many at once as there are. When it breaks, what is under way
/// fails with [`Error::ConnectionLost`], and the next call opens it again and logs in again.
///
/// ```no_run
/// # async fn example() -> Result<(), rpcstore_client::Error> {
/// use rpcstore_client::Client;
///
/// let client = Client::connect("unix:/run/rpcstore.sock").await?;
/// let stored = client.blobs().put("hello").await?;
/// let presence = client.blobs().has(&[stored.id]).await?;
/// assert_eq!(presence.present, [stored.id]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    pub(crate) inner: Arc<Inner>,
}

/// How a client connects and what it allows; made by [`Client::builder`].
///
/// ```no_run
/// # async fn example() -> Result<(), rpcstore_client::Error> {
/// use std::time::Duration;
/// use rpcstore_client::Client;
///
/// let client = Client::builder("tcp://[400::1]:9750")
///     .connect_timeout(Duration::from_secs(3))
///     .call_timeout(Duration::from_secs(30))
///     .connect()
///     .await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "a builder does nothing unless it connects"]
pub struct ClientBuilder {
    endpoint: String,
    options: Options,
    token: Option<(String, Option<String>)>,
}

#[derive(Debug, Clone)]
pub(crate) struct Options {
    pub(crate) connect_timeout: Duration,
    pub(crate) call_timeout: Option<Duration>,
    pub(crate) max_message_bytes: usize,
}

pub(crate) struct Inner {
    pub(crate) endpoint: Endpoint,
    pub(crate) options: Options,
    pub(crate) dialer: Dialer,
    pub(crate) sessions: Sessions,
    pub(crate) http: Http,
    pub(crate) credential: Credential,
    tokens: AtomicU64,
    limits: OnceCell<Limits>,
}

impl Inner {
    /// A token for reports of progress that no other call has.
    pub(crate) fn next_token(&self) -> u64 {
        self.tokens.fetch_add(1, Ordering::Relaxed)
    }
}

impl ClientBuilder {
    /// How long opening a connection may take; 10 seconds unless it is set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.options.connect_timeout = timeout;
        self
    }

    /// How long a call may take, unless [`Request::timeout`] says otherwise. Without it calls wait
    /// for as long as the connection is there. Bulk transfers have no such limit.
    pub fn call_timeout(mut self, timeout: Duration) -> Self {
        self.options.call_timeout = Some(timeout);
        self
    }

    /// Bytes in a message from the server at the most; 64 MiB unless it is set. A longer one ends
    /// the connection.
    pub fn max_message_bytes(mut self, bytes: usize) -> Self {
        self.options.max_message_bytes = bytes.max(1024);
        self
    }

    /// A token of an earlier login to prove itself with.
    ///
    /// `server_id` is the server that gave it (`server_id` of `server.info`): no other server is
    /// shown it. Without it the token is sent to whoever answers.
    pub fn token(mut self, token: impl Into<String>, server_id: Option<String>) -> Self {
        self.token = Some((token.into(), server_id));
        self
    }

    /// Connects. Over `http://` nothing is sent before the first call.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`]: the endpoint is none. [`Error::Connect`]: the server is not there.
    /// [`Error::Rpc`]: the token is not accepted, or the server takes no more connections.
    pub async fn connect(self) -> Result<Client, Error> {
        let endpoint: Endpoint = self.endpoint.parse()?;
        let credential = Credential::default();
        if let Some((token, server_id)) = self.token {
            credential.set(token, server_id);
        }

        let inner = Arc::new(Inner {
            dialer: Dialer::new(endpoint.clone(), self.options.connect_timeout)?,
            endpoint,
            options: self.options,
            sessions: Sessions::default(),
            http: Http::default(),
            credential,
            tokens: AtomicU64::new(1),
            limits: OnceCell::new(),
        });
        if !inner.endpoint.is_http() {
            inner.sessions.open(&inner).await?;
        }

        Ok(Client { inner })
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("endpoint", &self.endpoint)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Connects with what is usual: `unix:PATH`, `tcp://HOST:PORT`, `tls://HOST:PORT` (followed by
    /// `#sha256:HEX` to trust one certificate), `ws://HOST:PORT` or `http://HOST:PORT`.
    ///
    /// # Errors
    ///
    /// As [`ClientBuilder::connect`].
    pub async fn connect(endpoint: &str) -> Result<Self, Error> {
        Self::builder(endpoint).connect().await
    }

    /// Sets options before it connects.
    pub fn builder(endpoint: impl Into<String>) -> ClientBuilder {
        let options = Options {
            connect_timeout: CONNECT_TIMEOUT,
            call_timeout: None,
            max_message_bytes: MAX_MESSAGE_BYTES,
        };
        ClientBuilder {
            endpoint: endpoint.into(),
            options,
            token: None,
        }
    }

    /// Where the server is.
    pub fn endpoint(&self) -> &Endpoint {
        &self.inner.endpoint
    }

    /// Logs in with a key: from now on the client is the account that has it, on this connection,
    /// on those that follow it and over HTTP.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unauthenticated`](crate::ErrorKind::Unauthenticated): no account has the key.
    /// [`Error::Protocol`]: the server wants something else signed than a login; nothing was.
    pub async fn login(&self, key: &SigningKey) -> Result<Login, Error> {
        login::run(self, &self.inner, key).await
    }

    /// Ends the session: its token is worth nothing any more, anywhere.
    ///
    /// # Errors
    ///
    /// Those of [`Auth::logout`](crate::calls::Auth::logout).
    pub async fn logout(&self) -> Result<Identity, Error> {
        let identity = self.auth().logout().await?;
        self.inner.credential.clear();
        Ok(identity)
    }

    /// The token of the session, to be kept for [`ClientBuilder::token`]; `None` without a login.
    pub fn token(&self) -> Option<String> {
        self.inner.credential.token()
    }

    /// Calls a method by its name, also one that this version of the contract does not have.
    ///
    /// ```no_run
    /// # async fn example(client: rpcstore_client::Client) -> Result<(), rpcstore_client::Error> {
    /// let info = client.call("server.info", serde_json::json!({})).await?;
    /// println!("{}", info["version"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn call(
        &self,
        method: impl Into<Cow<'static, str>>,
        params: impl Serialize,
    ) -> Call<Value> {
        Call::new(
            Arc::clone(&self.inner),
            method,
            &params,
            self.inner.options.call_timeout,
            None,
        )
    }

    /// Stores blobs, however many and however large, as tar batches. What is on the server already
    /// is not sent. See [`Upload`].
    pub fn upload<I>(&self, sources: I) -> Upload<I::IntoIter>
    where
        I: IntoIterator<Item = Source>,
        I::IntoIter: Send + 'static,
    {
        Upload::new(self.clone(), sources.into_iter())
    }

    /// Reads blobs, however many and however large, as tar batches. See [`Download`].
    pub fn download(&self, ids: impl Into<Vec<BlobId>>) -> Download {
        Download::new(self.clone(), ids.into())
    }

    pub(crate) fn request<P: Method>(&self, params: P) -> Request<P> {
        Request::new(Arc::clone(&self.inner), params)
    }

    pub(crate) async fn limits(&self) -> Result<&Limits, Error> {
        let ask = || async { Ok(self.server().info().await?.limits) };
        self.inner.limits.get_or_try_init(ask).await
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("endpoint", &self.inner.endpoint)
            .finish_non_exhaustive()
    }
}
