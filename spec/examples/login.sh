#!/bin/sh
# Logs in to an RpcStore server with an SSH key, and prints the token. Needs curl, ssh-keygen, sed and awk.
#
#   token=$(login.sh http://HOST:9750 ~/.ssh/id_ed25519)
#   curl -H "Authorization: Bearer $token" http://HOST:9750/blobs/…
#
# KEY is a private key, whose passphrase ssh-keygen asks for, or a public one whose private half ssh-agent holds. What is
# sent, and what is signed, is in spec/auth.md.
set -eu

if [ $# -ne 2 ]; then
  echo "usage: login.sh http://HOST:PORT KEY" >&2
  exit 2
fi
server=${1%/}
key=$2

# Makes a call and prints the reply; one that is an error ends the script. $1: the method, $2: its parameters in JSON.
call() {
  reply=$(curl -sS "$server/rpc" -H 'Content-Type: application/json' \
    -d '{"jsonrpc":"2.0","id":1,"method":"'"$1"'","params":'"$2"'}')
  case $reply in
    *'"result":'*) printf '%s\n' "$reply" ;;
    *) echo "login.sh: $1: $reply" >&2; exit 1 ;;
  esac
}

# The member $1, a string, of the reply on standard input. JSON writes some characters as it likes: + and = may be \u002B
# and \u003D, a line feed is always \n.
member() {
  sed -n 's/.*"'"$1"'":"\([^"]*\)".*/\1/p' \
    | sed -e 's/\\u002[Bb]/+/g' -e 's/\\u003[Dd]/=/g' -e 's/\\u002[Ff]/\//g' -e 's/\\\//\//g' \
    | awk '{ gsub(/\\n/, "\n"); printf "%s", $0 }'
}

# The key without its comment, which may hold anything. A private key tells its public half, after its passphrase.
if [ "${key%.pub}" != "$key" ]; then public=$(cat "$key")
elif [ -f "$key.pub" ]; then public=$(cat "$key.pub")
else public=$(ssh-keygen -y -f "$key")
fi
public=$(printf '%s\n' "$public" | awk '{ print $1 " " $2; exit }')

challenge=$(call auth.challenge '{"publicKey":"'"$public"'"}')
nonce=$(printf '%s\n' "$challenge" | member nonce)
text=$(printf '%s\n' "$challenge" | member text)

# Never sign what is something else than a login with this key.
case $text in
  "rpcstore login 1
server "*"
key $public
nonce $nonce
expires "*) ;;
  *) echo "login.sh: the server wants something else signed than a login; do not trust it" >&2; exit 1 ;;
esac

# The exact bytes of the text, without a line feed at the end; the signature's line feeds as JSON writes them.
signature=$(printf '%s' "$text" | ssh-keygen -q -Y sign -n rpcstore -f "$key" | awk '{ printf "%s\\n", $0 }')

login=$(call auth.login '{"publicKey":"'"$public"'","nonce":"'"$nonce"'","signature":"'"$signature"'"}')
printf '%s\n' "$(printf '%s\n' "$login" | member token)"
