//! One connection: the calls that are under way on it, and the two tasks that read and write it.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::framing::{MessageReader, MessageWriter};
use super::message::{write_cancel, Handler, Incoming, Outgoing, Reply};
use crate::error::{Error, RpcError};

/// Bytes that wait to be written, beyond which further calls wait.
const HIGH_WATER: usize = 1 << 20;

/// Calls that were given up and that the server has not answered yet. A server answers each; one
/// that does not must not cost memory for ever.
const MOST_ABANDONED: usize = 1 << 16;

/// How long the reader has to find out why a connection takes nothing more, before it counts as
/// broken without a reason.
const LAST_WORDS: Duration = Duration::from_millis(100);

/// A connection that is open, for as long as somebody holds it.
pub(crate) struct OpenSession {
    session: Arc<Session>,
    tasks: [JoinHandle<()>; 2],
}

struct Session {
    state: Mutex<State>,
    has_output: Notify,
}

#[derive(Default)]
struct State {
    last_id: u64,
    calls: HashMap<u64, CallState, BuildHasherDefault<IdHasher>>,
    abandoned: usize,
    handlers: HashMap<u64, Option<Handler>>,
    /// Messages that wait to be written, each with the line feed that ends it.
    output: Vec<u8>,
    /// Calls that wait for room in the output.
    blocked: Vec<Waker>,
    end: Option<Error>,
}

struct CallState {
    token: Option<u64>,
    stage: Stage,
}

enum Stage {
    Waiting(Option<Waker>),
    Answered(Reply),
    Abandoned,
}

/// Ids count up, so that their low bits spread well by themselves.
#[derive(Default)]
struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes
            .iter()
            .for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, value: u64) {
        // The table takes its tags from the upper bits.
        self.0 = (self.0 ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl OpenSession {
    /// Starts to read and to write.
    pub(crate) fn start(reader: MessageReader, writer: MessageWriter) -> Self {
        let session = Arc::new(Session {
            state: Mutex::default(),
            has_output: Notify::new(),
        });
        let tasks = [
            tokio::spawn(read(Arc::clone(&session), reader)),
            tokio::spawn(write(Arc::clone(&session), writer)),
        ];
        Self { session, tasks }
    }

    /// Whether calls can be made.
    pub(crate) fn is_open(&self) -> bool {
        self.session.lock().end.is_none()
    }

    /// Makes a call, when there is room for it.
    pub(crate) fn poll_send(
        &self,
        cx: &mut Context<'_>,
        outgoing: &mut Outgoing,
    ) -> Poll<Result<u64, Error>> {
        let mut state = self.session.lock();
        if let Some(end) = &state.end {
            return Poll::Ready(Err(end.clone()));
        }

        if state.output.len() >= HIGH_WATER {
            state.blocked.push(cx.waker().clone());
            return Poll::Pending;
        }

        state.last_id += 1;
        let id = state.last_id;
        let token = outgoing.progress.take().map(|(token, handler)| {
            state.handlers.insert(token, Some(handler));
            token
        });
        let stage = Stage::Waiting(Some(cx.waker().clone()));
        state.calls.insert(id, CallState { token, stage });
        let was_idle = state.output.is_empty();
        outgoing.write(id, &mut state.output);
        state.output.push(b'\n');
        drop(state);
        if was_idle {
            self.session.has_output.notify_one();
        }

        Poll::Ready(Ok(id))
    }

    /// The answer to a call, when it is there.
    pub(crate) fn poll_reply(&self, cx: &mut Context<'_>, id: u64) -> Poll<Result<Reply, Error>> {
        let mut state = self.session.lock();
        match state.calls.get_mut(&id).map(|call| &mut call.stage) {
            Some(Stage::Waiting(waker)) => {
                if !waker
                    .as_ref()
                    .is_some_and(|waker| waker.will_wake(cx.waker()))
                {
                    *waker = Some(cx.waker().clone());
                }

                Poll::Pending
            }
            Some(_) => match state.calls.remove(&id).map(|call| call.stage) {
                Some(Stage::Answered(reply)) => Poll::Ready(Ok(reply)),
                _ => Poll::Ready(Err(Error::invalid(
                    "a call was polled after it was given up",
                ))),
            },
            None => Poll::Ready(Err(state
                .end
                .clone()
                .unwrap_or_else(|| Error::lost("the call is not known any more")))),
        }
    }

    /// Cancels a call whose answer nobody waits for any more.
    pub(crate) fn abandon(&self, id: u64) {
        let mut state = self.session.lock();
        let Some(call) = state.calls.get_mut(&id) else {
            return;
        };
        let token = call.token;
        if matches!(call.stage, Stage::Waiting(_)) {
            call.stage = Stage::Abandoned;
            state.abandoned += 1;
            let was_idle = state.output.is_empty();
            write_cancel(id, &mut state.output);
            state.output.push(b'\n');
            if was_idle {
                self.session.has_output.notify_one();
            }
        } else {
            state.calls.remove(&id);
        }

        // What a handler holds is the caller's own, and may do anything when it is dropped.
        let handler = token.and_then(|token| state.handlers.remove(&token));
        let is_too_much = state.abandoned > MOST_ABANDONED;
        drop(state);
        drop(handler);
        if is_too_much {
            self.session.end(Error::protocol(
                "the server does not answer calls that were cancelled",
            ));
        }
    }
}

impl Drop for OpenSession {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

impl Session {
    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing that can panic runs while it is held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends everything that waits, with the first reason that is given.
    fn end(&self, reason: Error) {
        let mut state = self.lock();
        state.end.get_or_insert(reason);
        let calls = std::mem::take(&mut state.calls);
        let blocked = std::mem::take(&mut state.blocked);
        let handlers = std::mem::take(&mut state.handlers);
        state.output = Vec::new();

        // An answer that came before the end is an answer.
        let (answered, waiting): (Vec<_>, Vec<_>) = calls
            .into_iter()
            .partition(|(_, call)| matches!(call.stage, Stage::Answered(_)));
        state.calls.extend(answered);
        drop(state);
        drop(handlers);
        for (_, call) in waiting {
            if let Stage::Waiting(Some(waker)) = call.stage {
                waker.wake();
            }
        }

        blocked.into_iter().for_each(Waker::wake);
        self.has_output.notify_one();
    }

    /// Hands answers to those who wait for them.
    fn answer(
        &self,
        replies: &mut Vec<(u64, Reply)>,
        wakers: &mut Vec<Waker>,
    ) -> Result<(), Error> {
        if replies.is_empty() {
            return Ok(());
        }

        let mut done = Vec::new();
        let mut state = self.lock();
        let mut outcome = Ok(());
        for (id, reply) in replies.drain(..) {
            let Some(call) = state.calls.get_mut(&id) else {
                outcome = Err(Error::protocol(format!(
                    "it answered the call {id}, which was not made or has been answered"
                )));
                break;
            };
            if let Some(token) = call.token.take() {
                done.push(token);
            }

            match std::mem::replace(&mut call.stage, Stage::Answered(reply)) {
                Stage::Waiting(waker) => wakers.extend(waker),
                Stage::Abandoned => {
                    state.calls.remove(&id);
                    state.abandoned -= 1;
                }
                Stage::Answered(first) => {
                    call.stage = Stage::Answered(first);
                    outcome = Err(Error::protocol(format!("it answered the call {id} twice")));
                    break;
                }
            }
        }

        let handlers: Vec<_> = done
            .iter()
            .filter_map(|token| state.handlers.remove(token))
            .collect();
        drop(state);
        drop(handlers);
        wakers.drain(..).for_each(Waker::wake);
        outcome
    }

    /// Hands a report to whoever asked for it; reports of calls that have ended are passed over.
    fn report(&self, token: u64, value: &Bytes) -> Result<(), Error> {
        let Some(mut handler) = self.lock().handlers.get_mut(&token).and_then(Option::take) else {
            return Ok(());
        };

        // A handler is the caller's own code: when it panics it is not called again, and the
        // connection goes on.
        let Ok(outcome) = catch_unwind(AssertUnwindSafe(|| handler(value))) else {
            return Ok(());
        };
        if let Some(place) = self.lock().handlers.get_mut(&token) {
            *place = Some(handler);
        }

        outcome
    }
}

async fn read(session: Arc<Session>, mut reader: MessageReader) {
    let mut messages = Vec::new();
    let mut replies = Vec::new();
    let mut wakers = Vec::new();
    loop {
        let outcome = match reader.read(&mut messages).await {
            Ok(()) => take(&session, &mut messages, &mut replies, &mut wakers),
            Err(e) => Err(e),
        };
        if let Err(reason) = outcome {
            session.end(reason);
            return;
        }
    }
}

fn take(
    session: &Session,
    messages: &mut Vec<Bytes>,
    replies: &mut Vec<(u64, Reply)>,
    wakers: &mut Vec<Waker>,
) -> Result<(), Error> {
    for message in messages.drain(..) {
        match Incoming::parse(&message) {
            Ok(Incoming::Reply(id, reply)) => replies.push((id, reply)),
            Ok(Incoming::Progress(token, value)) => {
                session.answer(replies, wakers)?;
                session.report(token, &value)?;
            }
            Ok(Incoming::Other) => {}
            Ok(Incoming::Complaint(json)) => {
                session.answer(replies, wakers)?;
                return Err(match RpcError::parse(&json) {
                    Some(error) => error.into(),
                    None => Error::protocol("it sent an error that is no error object"),
                });
            }
            Err(e) => {
                // What came before it came whole.
                session.answer(replies, wakers)?;
                return Err(e);
            }
        }
    }

    session.answer(replies, wakers)
}

async fn write(session: Arc<Session>, mut writer: MessageWriter) {
    let mut spare = Vec::new();
    loop {
        let blocked = {
            let mut state = session.lock();
            if state.end.is_some() {
                return;
            }

            std::mem::swap(&mut state.output, &mut spare);
            std::mem::take(&mut state.blocked)
        };
        blocked.into_iter().for_each(Waker::wake);
        if spare.is_empty() {
            session.has_output.notified().await;
            continue;
        }

        if let Err(e) = writer.write(&spare).await {
            // The reader knows better why, if the server said something before it went.
            tokio::time::sleep(LAST_WORDS).await;
            session.end(Error::lost(e.to_string()));
            return;
        }

        spare.clear();
        spare.shrink_to(HIGH_WATER);
    }
}
