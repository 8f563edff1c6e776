//! A call of a method: what it asks, and the future that is its answer.

use std::borrow::Cow;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::Serialize;
use tokio::time::Sleep;

use crate::client::Inner;
use crate::connection::{Handler, OpenSession, Outgoing, Reply};
use crate::error::{Error, RpcError};

/// The parameters of a method of the contract.
pub trait Method: Serialize {
    /// The method's name.
    const NAME: &'static str;

    /// What it answers.
    type Output: DeserializeOwned + Send + 'static;
}

/// A call that is not made yet: set what is optional, and `.await` it.
///
/// ```no_run
/// # async fn example(client: rpcstore_client::Client) -> Result<(), rpcstore_client::Error> {
/// use std::time::Duration;
///
/// let page = client.blobs().list().prefix("2c").limit(10).timeout(Duration::from_secs(5)).await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a request does nothing unless it is awaited"]
pub struct Request<P> {
    pub(crate) params: P,
    inner: Arc<Inner>,
    timeout: Option<Duration>,
    progress: Option<(u64, Handler)>,
}

impl<P: Method> Request<P> {
    pub(crate) fn new(inner: Arc<Inner>, params: P) -> Self {
        Self {
            params,
            timeout: inner.options.call_timeout,
            inner,
            progress: None,
        }
    }

    /// Gives up, and cancels the call on the server, when there is no answer in this time. It
    /// counts from the first poll on. In place of the client's own timeout.
    pub fn timeout(mut self, after: Duration) -> Self {
        self.timeout = Some(after);
        self
    }

    /// The call as a future with a name; `.await` does this by itself.
    pub fn send(self) -> Call<P::Output> {
        Call::new(
            self.inner,
            P::NAME,
            &self.params,
            self.timeout,
            self.progress,
        )
    }

    pub(crate) fn on_progress<T: DeserializeOwned>(
        &mut self,
        mut handler: impl FnMut(T) + Send + 'static,
    ) -> u64 {
        let token = self.inner.next_token();
        let read = move |json: &[u8]| {
            let value = serde_json::from_slice(json).map_err(|e| {
                Error::protocol(format!(
                    "a report of {} is not what the contract says: {e}",
                    P::NAME
                ))
            })?;
            handler(value);
            Ok(())
        };
        self.progress = Some((token, Box::new(read)));
        token
    }
}

impl<P: Method> IntoFuture for Request<P> {
    type Output = Result<P::Output, Error>;
    type IntoFuture = Call<P::Output>;

    fn into_future(self) -> Call<P::Output> {
        self.send()
    }
}

impl<P: fmt::Debug> fmt::Debug for Request<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("params", &self.params)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// The answer to a call. The call is made when it is first polled; dropping it before the answer
/// came cancels the call on the server. The connection stays as it is, and its other calls go on.
#[must_use = "futures do nothing unless they are awaited"]
pub struct Call<T> {
    inner: Arc<Inner>,
    method: Cow<'static, str>,
    state: State,
    timeout: Option<Duration>,
    deadline: Option<Pin<Box<Sleep>>>,
    output: PhantomData<fn() -> T>,
}

type BoxFuture<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

enum State {
    Refused(Error),
    New(Outgoing),
    Opening(BoxFuture<Arc<OpenSession>>, Outgoing),
    Sending(Arc<OpenSession>, Outgoing),
    Waiting(Arc<OpenSession>, u64),
    Http(BoxFuture<Reply>),
    Done,
}

impl<T: DeserializeOwned> Call<T> {
    pub(crate) fn new(
        inner: Arc<Inner>,
        method: impl Into<Cow<'static, str>>,
        params: &impl Serialize,
        timeout: Option<Duration>,
        progress: Option<(u64, Handler)>,
    ) -> Self {
        let method = method.into();
        let state = match Outgoing::new(&method, params, progress) {
            Ok(outgoing) => State::New(outgoing),
            Err(e) => State::Refused(Error::invalid(format!(
                "the parameters of {method} cannot be written as JSON: {e}"
            ))),
        };
        Self {
            inner,
            method,
            state,
            timeout,
            deadline: None,
            output: PhantomData,
        }
    }

    fn poll_reply(&mut self, cx: &mut Context<'_>) -> Poll<Result<Reply, Error>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => {
                    return Poll::Ready(Err(Error::invalid("a call was polled after its answer")))
                }
                State::Refused(e) => return Poll::Ready(Err(e)),
                State::New(outgoing) => self.state = self.begin(outgoing),
                State::Opening(mut opening, outgoing) => match opening.as_mut().poll(cx) {
                    Poll::Ready(session) => self.state = State::Sending(session?, outgoing),
                    Poll::Pending => {
                        self.state = State::Opening(opening, outgoing);
                        return Poll::Pending;
                    }
                },
                State::Sending(session, mut outgoing) => match session.poll_send(cx, &mut outgoing)
                {
                    Poll::Ready(id) => self.state = State::Waiting(session, id?),
                    Poll::Pending => {
                        self.state = State::Sending(session, outgoing);
                        return Poll::Pending;
                    }
                },
                State::Waiting(session, id) => {
                    let reply = session.poll_reply(cx, id);
                    if reply.is_pending() {
                        self.state = State::Waiting(session, id);
                    }

                    return reply;
                }
                State::Http(mut answer) => {
                    let reply = answer.as_mut().poll(cx);
                    if reply.is_pending() {
                        self.state = State::Http(answer);
                    }

                    return reply;
                }
            }
        }
    }

    fn begin(&self, outgoing: Outgoing) -> State {
        if self.inner.endpoint.is_http() {
            let inner = Arc::clone(&self.inner);
            return State::Http(Box::pin(
                async move { inner.http.call(&inner, outgoing).await },
            ));
        }

        match self.inner.sessions.current() {
            Some(session) => State::Sending(session, outgoing),
            None => {
                let inner = Arc::clone(&self.inner);
                State::Opening(
                    Box::pin(async move { inner.sessions.open(&inner).await }),
                    outgoing,
                )
            }
        }
    }

    fn poll_deadline(&mut self, cx: &mut Context<'_>) -> Option<Error> {
        let after = self.timeout?;
        let deadline = self
            .deadline
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(after)));
        deadline
            .as_mut()
            .poll(cx)
            .is_ready()
            .then_some(Error::Timeout { after })
    }

    fn cancel(&mut self) {
        if let State::Waiting(session, id) = std::mem::replace(&mut self.state, State::Done) {
            session.abandon(id);
        }
    }
}

impl<T: DeserializeOwned> Future for Call<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match self.poll_reply(cx) {
            Poll::Ready(reply) => Poll::Ready(read_reply(&self.method, reply?)),
            Poll::Pending => match self.poll_deadline(cx) {
                Some(late) => {
                    self.cancel();
                    Poll::Ready(Err(late))
                }
                None => Poll::Pending,
            },
        }
    }
}

impl<T> Drop for Call<T> {
    fn drop(&mut self) {
        if let State::Waiting(session, id) = &self.state {
            session.abandon(*id);
        }
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

fn read_reply<T: DeserializeOwned>(method: &str, reply: Reply) -> Result<T, Error> {
    match reply {
        Reply::Result(json) => serde_json::from_slice(&json).map_err(|e| {
            Error::protocol(format!(
                "the answer to {method} is not what the contract says: {e}"
            ))
        }),
        Reply::Error(json) => match RpcError::parse(&json) {
            Some(error) => Err(error.into()),
            None => Err(Error::protocol(format!(
                "the answer to {method} is an error that is no error object"
            ))),
        },
    }
}
