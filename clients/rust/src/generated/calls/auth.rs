// Made from spec/contract by tools/generate; changes here are lost.

//! The methods of `auth`.

use super::*;

/// Calls the methods of `auth`. Calls may overlap.
#[derive(Debug, Clone, Copy)]
pub struct Auth<'c> {
    pub(super) client: &'c Client,
}

impl Auth<'_> {
    /// The text to sign to log in with a key.
    ///
    /// Anybody may ask, with any key: the answer does not tell whether an account has it. Sign
    /// `text` with the key and give the signature to `auth.login` before `expiresAt`. How it is
    /// signed, with this program, with `ssh-keygen` or by hand, is in spec/auth.md.
    ///
    /// # Parameters
    ///
    /// - `public_key`: The key: an OpenSSH line (`ssh-ed25519 …` or `ecdsa-sha2-nistp256 …`), or
    ///   base64 of the 32 bytes of an Ed25519 key or of the SubjectPublicKeyInfo of a P-256 key.
    ///
    /// Access: `guest`. The answer is [`Challenge`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`rateLimited`](crate::ErrorKind::RateLimited): The caller asks too often.
    pub fn challenge(&self, public_key: impl Into<String>) -> Request<AuthChallengeParams> {
        let params = AuthChallengeParams {
            public_key: public_key.into(),
        };
        self.client.request(params)
    }

    /// Opens a session for whoever proves a key.
    ///
    /// The answer's `token` is sent as `Authorization: Bearer` with HTTP requests and WebSocket
    /// upgrades; on a stream connection this call also binds the connection to the session, so that
    /// nothing need be sent. A nonce works once, whether the login succeeds or not. Every failure
    /// to prove is `unauthenticated` and does not tell what was wrong with the account.
    ///
    /// # Parameters
    ///
    /// - `public_key`: The key that the challenge was for.
    /// - `nonce`: The nonce of the challenge.
    /// - `signature`: Of the challenge's `text`: the armoured SSHSIG that `ssh-keygen -Y sign -n
    ///   rpcstore` writes, or base64 of the raw signature (Ed25519: 64 bytes; P-256: 64 bytes of r
    ///   and s, or DER).
    ///
    /// Access: `guest`. The answer is [`Login`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`internal`](crate::ErrorKind::Internal): The server failed. The reference is also in its
    ///   log.
    /// - [`unauthenticated`](crate::ErrorKind::Unauthenticated): The method needs an account and
    ///   the caller is a guest, or what the caller wants to prove itself with is not accepted.
    /// - [`rateLimited`](crate::ErrorKind::RateLimited): The caller asks too often.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    /// - [`insufficientStorage`](crate::ErrorKind::InsufficientStorage): The disk is full. What was
    ///   stored before stays stored.
    pub fn login(
        &self,
        public_key: impl Into<String>,
        nonce: impl Into<String>,
        signature: impl Into<String>,
    ) -> Request<AuthLoginParams> {
        let params = AuthLoginParams {
            public_key: public_key.into(),
            nonce: nonce.into(),
            signature: signature.into(),
        };
        self.client.request(params)
    }

    /// Binds a stream connection to a session that is open.
    ///
    /// For a program that kept a token: what `Authorization: Bearer` is for an HTTP request, this
    /// is for a stream connection. It has no effect on other connections, and none at all on HTTP,
    /// where each request proves itself.
    ///
    /// # Parameters
    ///
    /// - `token`: The token of the session.
    ///
    /// Access: `guest`. The answer is [`Identity`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`unauthenticated`](crate::ErrorKind::Unauthenticated): The method needs an account and
    ///   the caller is a guest, or what the caller wants to prove itself with is not accepted.
    pub fn resume(&self, token: impl Into<String>) -> Request<AuthResumeParams> {
        let params = AuthResumeParams {
            token: token.into(),
        };
        self.client.request(params)
    }

    /// Ends the session of the caller.
    ///
    /// The token is worth nothing from the next call on, on every connection. A caller without a
    /// session, such as the server's own user on the local socket, has nothing to end, which is no
    /// error.
    ///
    /// Access: `guest`. The answer is [`Identity`].
    ///
    /// # Errors
    ///
    /// - [`internal`](crate::ErrorKind::Internal): The server failed. The reference is also in its
    ///   log.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    /// - [`insufficientStorage`](crate::ErrorKind::InsufficientStorage): The disk is full. What was
    ///   stored before stays stored.
    pub fn logout(&self) -> Request<AuthLogoutParams> {
        let params = AuthLogoutParams {};
        self.client.request(params)
    }

    /// Who the caller is.
    ///
    /// Works for everybody; a guest has no account.
    ///
    /// Access: `guest`. The answer is [`Identity`].
    pub fn whoami(&self) -> Request<AuthWhoamiParams> {
        let params = AuthWhoamiParams {};
        self.client.request(params)
    }

    /// Open sessions, the newest first.
    ///
    /// Those of the caller's account; an admin names another account, or sees all with `all`.
    ///
    /// # Parameters
    ///
    /// - `.account(…)`, may be left out: The account whose sessions are wanted; for admins, or the
    ///   caller's own.
    /// - `.all(…)`, may be left out: Those of every account; for admins. `false` when left out.
    /// - `.cursor(…)`, may be left out: Where the page before ended.
    /// - `.limit(…)`, may be left out: Sessions in a page at the most. `1000` when left out.
    ///
    /// Access: `user`. The answer is [`SessionPage`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`unauthenticated`](crate::ErrorKind::Unauthenticated): The method needs an account and
    ///   the caller is a guest, or what the caller wants to prove itself with is not accepted.
    /// - [`forbidden`](crate::ErrorKind::Forbidden): The caller is known and may not do this.
    pub fn sessions(&self) -> Request<AuthSessionsParams> {
        let params = AuthSessionsParams {
            account: None,
            all: None,
            cursor: None,
            limit: None,
        };
        self.client.request(params)
    }

    /// Ends a session by its id.
    ///
    /// One of the caller's own, or any for an admin. It takes effect with the next call on every
    /// connection, and aborts what the session transfers.
    ///
    /// # Parameters
    ///
    /// - `id`: The session.
    ///
    /// Access: `user`. The answer is [`Session`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`internal`](crate::ErrorKind::Internal): The server failed. The reference is also in its
    ///   log.
    /// - [`unauthenticated`](crate::ErrorKind::Unauthenticated): The method needs an account and
    ///   the caller is a guest, or what the caller wants to prove itself with is not accepted.
    /// - [`forbidden`](crate::ErrorKind::Forbidden): The caller is known and may not do this.
    /// - [`notFound`](crate::ErrorKind::NotFound): What the call names does not exist. A failing
    ///   disk or an overloaded server is never reported this way.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    /// - [`insufficientStorage`](crate::ErrorKind::InsufficientStorage): The disk is full. What was
    ///   stored before stays stored.
    pub fn revoke(&self, id: impl Into<String>) -> Request<AuthRevokeParams> {
        let params = AuthRevokeParams { id: id.into() };
        self.client.request(params)
    }
}

/// The parameters of `auth.challenge`.
#[derive(Debug, Clone, Serialize)]
pub struct AuthChallengeParams {
    #[serde(rename = "publicKey")]
    public_key: String,
}

impl Method for AuthChallengeParams {
    const NAME: &'static str = "auth.challenge";
    type Output = Challenge;
}

/// The parameters of `auth.login`.
#[derive(Debug, Clone, Serialize)]
pub struct AuthLoginParams {
    #[serde(rename = "publicKey")]
    public_key: String,
    nonce: String,
    signature: String,
}

impl Method for AuthLoginParams {
    const NAME: &'static str = "auth.login";
    type Output = Login;
}

/// The parameters of `auth.resume`.
#[derive(Debug, Clone, Serialize)]
pub struct AuthResumeParams {
    token: String,
}

impl Method for AuthResumeParams {
    const NAME: &'static str = "auth.resume";
    type Output = Identity;
}

/// The parameters of `auth.logout`.
#[derive(Debug, Clone, Serialize)]
pub struct AuthLogoutParams {}

impl Method for AuthLogoutParams {
    const NAME: &'static str = "auth.logout";
    type Output = Identity;
}

/// The parameters of `auth.whoami`.
#[derive(Debug, Clone, Serialize)]
pub struct AuthWhoamiParams {}

impl Method for AuthWhoamiParams {
    const NAME: &'static str = "auth.whoami";
    type Output = Identity;
}

/// The parameters of `auth.sessions`.
#[derive(Debug, Clone, Serialize)]
pub struct AuthSessionsParams {
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    all: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u64>,
}

impl Method for AuthSessionsParams {
    const NAME: &'static str = "auth.sessions";
    type Output = SessionPage;
}

impl Request<AuthSessionsParams> {
    /// The account whose sessions are wanted; for admins, or the caller's own.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.params.account = Some(account.into());
        self
    }

    /// Those of every account; for admins. `false` when left out.
    pub fn all(mut self, all: bool) -> Self {
        self.params.all = Some(all);
        self
    }

    /// Where the page before ended.
    pub fn cursor(mut self, cursor: impl Into<String>) -> Self {
        self.params.cursor = Some(cursor.into());
        self
    }

    /// Sessions in a page at the most. `1000` when left out.
    pub fn limit(mut self, limit: u64) -> Self {
        self.params.limit = Some(limit);
        self
    }
}

/// The parameters of `auth.revoke`.
#[derive(Debug, Clone, Serialize)]
pub struct AuthRevokeParams {
    id: String,
}

impl Method for AuthRevokeParams {
    const NAME: &'static str = "auth.revoke";
    type Output = Session;
}
