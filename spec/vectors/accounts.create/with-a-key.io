// An account with its first key.
>> {"jsonrpc":"2.0","id":1,"method":"accounts.create","params":{"name":"vector-create","role":"user","publicKey":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDrLxvjnH6zakyJ/rUgnzNX2hyWpTcOU8RCfkTGrBHka","label":"laptop"}}
<< {"jsonrpc":"2.0","id":1,"result":{"name":"vector-create","role":"user","disabled":false,"createdAt":"<time>","updatedAt":"<time>","keys":[{"fingerprint":"SHA256:f8PXvlLyf5+mO55H3AiAvHVbYkhVQZfvQCoyFroazsw","publicKey":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDrLxvjnH6zakyJ/rUgnzNX2hyWpTcOU8RCfkTGrBHka","label":"laptop","addedAt":"<time>"}]}}

// A name that is taken, a name that is never free, a key that somebody has.
>> {"jsonrpc":"2.0","id":2,"method":"accounts.create","params":{"name":"vector-create","role":"admin"}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":409,"message":"<text>","data":{"name":"conflict","...":"<any>"}}}
>> {"jsonrpc":"2.0","id":3,"method":"accounts.create","params":{"name":"local","role":"user"}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/name","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":4,"method":"accounts.create","params":{"name":"vector-create-2","role":"user","publicKey":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDrLxvjnH6zakyJ/rUgnzNX2hyWpTcOU8RCfkTGrBHka"}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":409,"message":"<text>","data":{"name":"conflict","...":"<any>"}}}

// What was made is taken away, so that this can be played again.
>> {"jsonrpc":"2.0","id":5,"method":"accounts.delete","params":{"name":"vector-create"}}
<< {"jsonrpc":"2.0","id":5,"result":{"name":"vector-create","role":"user","disabled":false,"createdAt":"<time>","updatedAt":"<time>","keys":[{"fingerprint":"SHA256:f8PXvlLyf5+mO55H3AiAvHVbYkhVQZfvQCoyFroazsw","publicKey":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDrLxvjnH6zakyJ/rUgnzNX2hyWpTcOU8RCfkTGrBHka","label":"laptop","addedAt":"<time>"}]}}
