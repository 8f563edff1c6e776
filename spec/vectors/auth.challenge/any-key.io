// Anybody gets a challenge, with any key: an Ed25519 key as OpenSSH writes it, or its 32 bytes in base64.
>> {"jsonrpc":"2.0","id":1,"method":"auth.challenge","params":{"publicKey":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPDcBdpzS++gqGH52JatEqOLMvsxcEva/yGKjrQ+Igf0"}}
<< {"jsonrpc":"2.0","id":1,"result":{"nonce":"<token>","text":"<text>","expiresAt":"<time>"}}
>> {"jsonrpc":"2.0","id":2,"method":"auth.challenge","params":{"publicKey":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPDcBdpzS++gqGH52JatEqOLMvsxcEva/yGKjrQ+Igf0 somebody@somewhere"}}
<< {"jsonrpc":"2.0","id":2,"result":{"nonce":"<token>","text":"<text>","expiresAt":"<time>"}}
>> {"jsonrpc":"2.0","id":3,"method":"auth.challenge","params":["8NwF2nNL76CoYfnYlq0So4sy+zFwS9r/IYqOtD4iB/Q="]}
<< {"jsonrpc":"2.0","id":3,"result":{"nonce":"<token>","text":"<text>","expiresAt":"<time>"}}
