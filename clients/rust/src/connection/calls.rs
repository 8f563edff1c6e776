//! The calls that are under way on a connection.

use std::collections::hash_map::Entry;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::task::{Poll, Waker};

use super::message::{Handler, Reply};
use crate::error::Error;

/// Calls that were given up and that the server has not answered yet. A server answers each; one
/// that does not must not cost memory for ever.
const MOST_ABANDONED: usize = 1 << 16;

/// Calls by their ids, and who takes their reports of progress.
#[derive(Default)]
pub(super) struct Calls {
    last_id: u64,
    calls: HashMap<u64, Call, BuildHasherDefault<IdHasher>>,
    abandoned: usize,
    handlers: HashMap<u64, Option<Handler>>,
}

struct Call {
    token: Option<u64>,
    stage: Stage,
}

enum Stage {
    Waiting(Waker),
    Answered(Reply),
    Abandoned,
}

/// What is to be done when a call was given up.
#[derive(Default)]
pub(super) struct Abandoned {
    /// The server has not answered it.
    pub(super) is_waiting: bool,
    /// There are more of them than any server keeps waiting.
    pub(super) is_too_much: bool,
    /// What a handler holds is the caller's own, and may do anything when it is dropped: not while
    /// something is locked.
    pub(super) handler: Option<Handler>,
}

impl Calls {
    /// A new call; gives its id.
    pub(super) fn begin(&mut self, waker: &Waker, progress: Option<(u64, Handler)>) -> u64 {
        self.last_id += 1;
        let token = progress.map(|(token, handler)| {
            self.handlers.insert(token, Some(handler));
            token
        });
        let stage = Stage::Waiting(waker.clone());
        self.calls.insert(self.last_id, Call { token, stage });
        self.last_id
    }

    /// The answer to a call, when it is there; `None` if it is not known.
    pub(super) fn poll(&mut self, id: u64, waker: &Waker) -> Poll<Option<Reply>> {
        let Entry::Occupied(mut call) = self.calls.entry(id) else {
            return Poll::Ready(None);
        };
        if let Stage::Waiting(known) = &mut call.get_mut().stage {
            if !known.will_wake(waker) {
                known.clone_from(waker);
            }

            return Poll::Pending;
        }

        match call.remove().stage {
            Stage::Answered(reply) => Poll::Ready(Some(reply)),
            _ => Poll::Ready(None),
        }
    }

    /// Takes an answer. Whom to wake, and what to drop, is added to the lists.
    pub(super) fn answer(
        &mut self,
        id: u64,
        reply: Reply,
        wakers: &mut Vec<Waker>,
        handlers: &mut Vec<Handler>,
    ) -> Result<(), Error> {
        let Entry::Occupied(mut call) = self.calls.entry(id) else {
            return Err(Error::protocol(format!(
                "it answered the call {id}, which was not made or has been answered"
            )));
        };
        if let Some(token) = call.get_mut().token.take() {
            handlers.extend(self.handlers.remove(&token).flatten());
        }

        match std::mem::replace(&mut call.get_mut().stage, Stage::Answered(reply)) {
            Stage::Waiting(waker) => wakers.push(waker),
            Stage::Abandoned => {
                call.remove();
                self.abandoned -= 1;
            }
            first @ Stage::Answered(_) => {
                call.get_mut().stage = first;
                return Err(Error::protocol(format!("it answered the call {id} twice")));
            }
        }

        Ok(())
    }

    /// Gives a call up whose answer nobody waits for any more. It stays known until it is answered.
    pub(super) fn abandon(&mut self, id: u64) -> Abandoned {
        let Entry::Occupied(mut call) = self.calls.entry(id) else {
            return Abandoned::default();
        };
        let token = call.get_mut().token.take();
        let is_waiting = matches!(call.get().stage, Stage::Waiting(_));
        if is_waiting {
            call.get_mut().stage = Stage::Abandoned;
            self.abandoned += 1;
        } else {
            call.remove();
        }

        Abandoned {
            is_waiting,
            is_too_much: self.abandoned > MOST_ABANDONED,
            handler: token.and_then(|token| self.handlers.remove(&token).flatten()),
        }
    }

    /// Ends all that wait. An answer that came before the end is an answer.
    pub(super) fn end(&mut self, wakers: &mut Vec<Waker>, handlers: &mut Vec<Handler>) {
        handlers.extend(self.handlers.drain().filter_map(|(_, handler)| handler));
        self.calls.retain(|_, call| match &call.stage {
            Stage::Answered(_) => true,
            Stage::Waiting(waker) => {
                wakers.push(waker.clone());
                false
            }
            Stage::Abandoned => false,
        });
        self.abandoned = 0;
    }

    /// Whoever takes the reports of a token, to be put back; `None` when its call has ended.
    pub(super) fn take_handler(&mut self, token: u64) -> Option<Handler> {
        self.handlers.get_mut(&token).and_then(Option::take)
    }

    /// Puts a handler back, and gives it if its call has ended meanwhile.
    pub(super) fn put_handler(&mut self, token: u64, handler: Handler) -> Option<Handler> {
        match self.handlers.get_mut(&token) {
            Some(place) => place.replace(handler),
            None => Some(handler),
        }
    }
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
