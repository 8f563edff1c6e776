// A nonce that was never given, and a signature of nothing.
>> {"jsonrpc":"2.0","id":1,"method":"auth.login","params":{"publicKey":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPDcBdpzS++gqGH52JatEqOLMvsxcEva/yGKjrQ+Igf0","nonce":"AAAA","signature":"AAAA"}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":401,"message":"<text>","data":{"name":"unauthenticated","...":"<any>"}}}
