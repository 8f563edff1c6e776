//! The token that a client proves itself with, and the care that only the server that gave it is
//! shown it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::de::DeserializeOwned;
use serde::Serialize;

use crate::client::{Client, Inner};
use crate::connection::{OpenSession, Outgoing, Reply};
use crate::error::{Error, RpcError};
use crate::generated::calls::ServerInfoParams;
use crate::request::Method;
use crate::types::{Identity, ServerInfo};

/// A token, and the server that gave it.
#[derive(Default)]
pub(crate) struct Credential(Mutex<Option<Proof>>);

#[derive(Clone)]
struct Proof {
    token: String,
    server_id: Option<String>,
    /// Whether the server at the other end of HTTP has shown that it is the one.
    is_checked: bool,
}

impl Credential {
    pub(crate) fn set(&self, token: String, server_id: Option<String>) {
        *self.lock() = Some(Proof {
            token,
            is_checked: server_id.is_none(),
            server_id,
        });
    }

    pub(crate) fn clear(&self) {
        *self.lock() = None;
    }

    pub(crate) fn token(&self) -> Option<String> {
        self.lock().as_ref().map(|proof| proof.token.clone())
    }

    fn lock(&self) -> MutexGuard<'_, Option<Proof>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn get(&self) -> Option<Proof> {
        self.lock().clone()
    }
}

impl Proof {
    fn check(&self, inner: &Inner, actual: &str) -> Result<(), Error> {
        match &self.server_id {
            Some(expected) if expected != actual => Err(inner.dialer.refuse(format!(
                "the server there is {actual}, and the token is of {expected}: it was not sent. Log in again"
            ))),
            _ => Ok(()),
        }
    }
}

/// Makes a new stream connection known as the session that the client has.
pub(crate) async fn resume(inner: &Arc<Inner>, session: &OpenSession) -> Result<(), Error> {
    let Some(proof) = inner.credential.get() else {
        return Ok(());
    };
    if proof.server_id.is_some() {
        let info: ServerInfo = read(invoke(session, &ServerInfoParams {}).await?)?;
        proof.check(inner, &info.server_id)?;
    }

    let _: Identity = read(
        invoke(
            session,
            &Client {
                inner: Arc::clone(inner),
            }
            .auth()
            .resume(proof.token)
            .params,
        )
        .await?,
    )?;
    Ok(())
}

/// The token to send with a request, once the server has said that it is the one that gave it.
pub(crate) async fn token_for_http(inner: &Arc<Inner>) -> Result<Option<String>, Error> {
    let Some(proof) = inner.credential.get() else {
        return Ok(None);
    };
    if !proof.is_checked {
        let outgoing = outgoing(&ServerInfoParams {})?;
        let info: ServerInfo = read(inner.http.call_as(inner, outgoing, None).await?)?;
        proof.check(inner, &info.server_id)?;
        if let Some(current) = inner
            .credential
            .lock()
            .as_mut()
            .filter(|current| current.token == proof.token)
        {
            current.is_checked = true;
        }
    }

    Ok(Some(proof.token))
}

async fn invoke<P: Method>(session: &OpenSession, params: &P) -> Result<Reply, Error> {
    let mut outgoing = outgoing(params)?;
    let id = std::future::poll_fn(|cx| session.poll_send(cx, &mut outgoing)).await?;
    std::future::poll_fn(|cx| session.poll_reply(cx, id)).await
}

fn outgoing<P: Method + Serialize>(params: &P) -> Result<Outgoing, Error> {
    Outgoing::new(P::NAME, params, None).map_err(|e| Error::invalid(e.to_string()))
}

fn read<T: DeserializeOwned>(reply: Reply) -> Result<T, Error> {
    match reply {
        Reply::Result(json) => {
            serde_json::from_slice(&json).map_err(|e| Error::protocol(e.to_string()))
        }
        Reply::Error(json) => match RpcError::parse(&json) {
            Some(error) => Err(error.into()),
            None => Err(Error::protocol(
                "it answered with an error that is no error object",
            )),
        },
    }
}
