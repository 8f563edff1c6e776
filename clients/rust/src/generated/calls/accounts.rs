// Made from spec/contract by tools/generate; changes here are lost.

//! The methods of `accounts`.

use super::*;

/// Calls the methods of `accounts`. Calls may overlap.
#[derive(Debug, Clone, Copy)]
pub struct Accounts<'c> {
    pub(super) client: &'c Client,
}

impl Accounts<'_> {
    /// Makes an account.
    ///
    /// With a key it can log in at once.
    ///
    /// # Parameters
    ///
    /// - `name`: Its name, which never changes. `guest` and `local` are taken.
    /// - `role`: What it may do.
    /// - `.public_key(…)`, may be left out: Its first key.
    /// - `.label(…)`, may be left out: What to call that key; the comment of an OpenSSH line
    ///   otherwise.
    ///
    /// Access: `admin`. The answer is [`Account`].
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
    /// - [`conflict`](crate::ErrorKind::Conflict): The state of what the call names forbids it,
    ///   such as a transfer that has ended.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    /// - [`insufficientStorage`](crate::ErrorKind::InsufficientStorage): The disk is full. What was
    ///   stored before stays stored.
    pub fn create(
        &self,
        name: impl Into<String>,
        role: AccountRole,
    ) -> Request<AccountsCreateParams> {
        let params = AccountsCreateParams {
            name: name.into(),
            role,
            public_key: None,
            label: None,
        };
        self.client.request(params)
    }

    /// One account, with its keys.
    ///
    /// A user sees their own, an admin all.
    ///
    /// # Parameters
    ///
    /// - `name`: The account.
    ///
    /// Access: `user`. The answer is [`Account`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`unauthenticated`](crate::ErrorKind::Unauthenticated): The method needs an account and
    ///   the caller is a guest, or what the caller wants to prove itself with is not accepted.
    /// - [`forbidden`](crate::ErrorKind::Forbidden): The caller is known and may not do this.
    /// - [`notFound`](crate::ErrorKind::NotFound): What the call names does not exist. A failing
    ///   disk or an overloaded server is never reported this way.
    pub fn get(&self, name: impl Into<String>) -> Request<AccountsGetParams> {
        let params = AccountsGetParams { name: name.into() };
        self.client.request(params)
    }

    /// Accounts in the order of their names.
    ///
    /// Paged by `cursor`. The built-in `local` is not among them.
    ///
    /// # Parameters
    ///
    /// - `.cursor(…)`, may be left out: Where the page before ended.
    /// - `.limit(…)`, may be left out: Accounts in a page at the most. `1000` when left out.
    ///
    /// Access: `admin`. The answer is [`AccountPage`].
    ///
    /// # Errors
    ///
    /// - [`invalidParams`](crate::ErrorKind::InvalidParams): A parameter is missing, unknown, of
    ///   the wrong type or outside its constraints; over HTTP also a malformed path, header, body
    ///   or tar batch.
    /// - [`unauthenticated`](crate::ErrorKind::Unauthenticated): The method needs an account and
    ///   the caller is a guest, or what the caller wants to prove itself with is not accepted.
    /// - [`forbidden`](crate::ErrorKind::Forbidden): The caller is known and may not do this.
    pub fn list(&self) -> Request<AccountsListParams> {
        let params = AccountsListParams {
            cursor: None,
            limit: None,
        };
        self.client.request(params)
    }

    /// Changes what an account may do.
    ///
    /// What is not given stays. Disabling an account ends its sessions, their connections' rights
    /// and their transfers. The last admin who can log in cannot be demoted or disabled over the
    /// network; the server's own user on the local socket can.
    ///
    /// # Parameters
    ///
    /// - `name`: The account.
    /// - `.role(…)`, may be left out: Its new role.
    /// - `.disabled(…)`, may be left out: Whether it is kept from logging in.
    ///
    /// Access: `admin`. The answer is [`Account`].
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
    /// - [`conflict`](crate::ErrorKind::Conflict): The state of what the call names forbids it,
    ///   such as a transfer that has ended.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    /// - [`insufficientStorage`](crate::ErrorKind::InsufficientStorage): The disk is full. What was
    ///   stored before stays stored.
    pub fn update(&self, name: impl Into<String>) -> Request<AccountsUpdateParams> {
        let params = AccountsUpdateParams {
            name: name.into(),
            role: None,
            disabled: None,
        };
        self.client.request(params)
    }

    /// Removes an account with its keys and sessions.
    ///
    /// What it did stays in the journal. The last admin who can log in cannot be removed over the
    /// network.
    ///
    /// # Parameters
    ///
    /// - `name`: The account.
    ///
    /// Access: `admin`. The answer is [`Account`].
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
    /// - [`conflict`](crate::ErrorKind::Conflict): The state of what the call names forbids it,
    ///   such as a transfer that has ended.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    /// - [`insufficientStorage`](crate::ErrorKind::InsufficientStorage): The disk is full. What was
    ///   stored before stays stored.
    pub fn delete(&self, name: impl Into<String>) -> Request<AccountsDeleteParams> {
        let params = AccountsDeleteParams { name: name.into() };
        self.client.request(params)
    }

    /// Gives an account a further key.
    ///
    /// A key belongs to one account.
    ///
    /// # Parameters
    ///
    /// - `name`: The account.
    /// - `public_key`: The key.
    /// - `.label(…)`, may be left out: What to call it; the comment of an OpenSSH line otherwise.
    ///
    /// Access: `admin`. The answer is [`Account`].
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
    /// - [`conflict`](crate::ErrorKind::Conflict): The state of what the call names forbids it,
    ///   such as a transfer that has ended.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    /// - [`insufficientStorage`](crate::ErrorKind::InsufficientStorage): The disk is full. What was
    ///   stored before stays stored.
    pub fn add_key(
        &self,
        name: impl Into<String>,
        public_key: impl Into<String>,
    ) -> Request<AccountsAddKeyParams> {
        let params = AccountsAddKeyParams {
            name: name.into(),
            public_key: public_key.into(),
            label: None,
        };
        self.client.request(params)
    }

    /// Takes a key from an account.
    ///
    /// Sessions that the key opened end. The last key of the last admin who can log in cannot be
    /// removed over the network.
    ///
    /// # Parameters
    ///
    /// - `name`: The account.
    /// - `fingerprint`: The key.
    ///
    /// Access: `admin`. The answer is [`Account`].
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
    /// - [`conflict`](crate::ErrorKind::Conflict): The state of what the call names forbids it,
    ///   such as a transfer that has ended.
    /// - [`unavailable`](crate::ErrorKind::Unavailable): The server is overloaded, is stopping, or
    ///   its disk fails for the moment.
    /// - [`insufficientStorage`](crate::ErrorKind::InsufficientStorage): The disk is full. What was
    ///   stored before stays stored.
    pub fn remove_key(
        &self,
        name: impl Into<String>,
        fingerprint: impl Into<String>,
    ) -> Request<AccountsRemoveKeyParams> {
        let params = AccountsRemoveKeyParams {
            name: name.into(),
            fingerprint: fingerprint.into(),
        };
        self.client.request(params)
    }

    /// Gives an account an API password, or takes it away.
    ///
    /// For programs that know a name and a password and no keys: the sign-in of the flist server,
    /// and HTTP Basic. It replaces the one before; without `password` the account has none from
    /// then on. Sessions that the password before opened end. The server keeps a salted, slow hash;
    /// the password is in no answer, log or journal.
    ///
    /// # Parameters
    ///
    /// - `name`: The account.
    /// - `.password(…)`, may be left out: The new password; absent to take it away.
    ///
    /// Access: `admin`. The answer is [`Account`].
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
    pub fn set_password(&self, name: impl Into<String>) -> Request<AccountsSetPasswordParams> {
        let params = AccountsSetPasswordParams {
            name: name.into(),
            password: None,
        };
        self.client.request(params)
    }
}

/// The parameters of `accounts.create`.
#[derive(Debug, Clone, Serialize)]
pub struct AccountsCreateParams {
    name: String,
    role: AccountRole,
    #[serde(rename = "publicKey", skip_serializing_if = "Option::is_none")]
    public_key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
}

impl Method for AccountsCreateParams {
    const NAME: &'static str = "accounts.create";
    type Output = Account;
}

impl Request<AccountsCreateParams> {
    /// Its first key.
    pub fn public_key(mut self, public_key: impl Into<String>) -> Self {
        self.params.public_key = Some(public_key.into());
        self
    }

    /// What to call that key; the comment of an OpenSSH line otherwise.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.params.label = Some(label.into());
        self
    }
}

/// The parameters of `accounts.get`.
#[derive(Debug, Clone, Serialize)]
pub struct AccountsGetParams {
    name: String,
}

impl Method for AccountsGetParams {
    const NAME: &'static str = "accounts.get";
    type Output = Account;
}

/// The parameters of `accounts.list`.
#[derive(Debug, Clone, Serialize)]
pub struct AccountsListParams {
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u64>,
}

impl Method for AccountsListParams {
    const NAME: &'static str = "accounts.list";
    type Output = AccountPage;
}

impl Request<AccountsListParams> {
    /// Where the page before ended.
    pub fn cursor(mut self, cursor: impl Into<String>) -> Self {
        self.params.cursor = Some(cursor.into());
        self
    }

    /// Accounts in a page at the most. `1000` when left out.
    pub fn limit(mut self, limit: u64) -> Self {
        self.params.limit = Some(limit);
        self
    }
}

/// The parameters of `accounts.update`.
#[derive(Debug, Clone, Serialize)]
pub struct AccountsUpdateParams {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<AccountRole>,
    #[serde(skip_serializing_if = "Option::is_none")]
    disabled: Option<bool>,
}

impl Method for AccountsUpdateParams {
    const NAME: &'static str = "accounts.update";
    type Output = Account;
}

impl Request<AccountsUpdateParams> {
    /// Its new role.
    pub fn role(mut self, role: AccountRole) -> Self {
        self.params.role = Some(role);
        self
    }

    /// Whether it is kept from logging in.
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.params.disabled = Some(disabled);
        self
    }
}

/// The parameters of `accounts.delete`.
#[derive(Debug, Clone, Serialize)]
pub struct AccountsDeleteParams {
    name: String,
}

impl Method for AccountsDeleteParams {
    const NAME: &'static str = "accounts.delete";
    type Output = Account;
}

/// The parameters of `accounts.addKey`.
#[derive(Debug, Clone, Serialize)]
pub struct AccountsAddKeyParams {
    name: String,
    #[serde(rename = "publicKey")]
    public_key: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
}

impl Method for AccountsAddKeyParams {
    const NAME: &'static str = "accounts.addKey";
    type Output = Account;
}

impl Request<AccountsAddKeyParams> {
    /// What to call it; the comment of an OpenSSH line otherwise.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.params.label = Some(label.into());
        self
    }
}

/// The parameters of `accounts.removeKey`.
#[derive(Debug, Clone, Serialize)]
pub struct AccountsRemoveKeyParams {
    name: String,
    fingerprint: String,
}

impl Method for AccountsRemoveKeyParams {
    const NAME: &'static str = "accounts.removeKey";
    type Output = Account;
}

/// The parameters of `accounts.setPassword`.
#[derive(Debug, Clone, Serialize)]
pub struct AccountsSetPasswordParams {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<String>,
}

impl Method for AccountsSetPasswordParams {
    const NAME: &'static str = "accounts.setPassword";
    type Output = Account;
}

impl Request<AccountsSetPasswordParams> {
    /// The new password; absent to take it away.
    pub fn password(mut self, password: impl Into<String>) -> Self {
        self.params.password = Some(password.into());
        self
    }
}
