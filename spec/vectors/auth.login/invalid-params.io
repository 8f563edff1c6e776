// Each constraint of the contract is held.
>> {"jsonrpc":"2.0","id":1,"method":"auth.login","params":{"nonce":"A","signature":"A"}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/publicKey","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"auth.login","params":{"publicKey":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPDcBdpzS++gqGH52JatEqOLMvsxcEva/yGKjrQ+Igf0","signature":"A"}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/nonce","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":3,"method":"auth.login","params":{"publicKey":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPDcBdpzS++gqGH52JatEqOLMvsxcEva/yGKjrQ+Igf0","nonce":"A"}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/signature","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":4,"method":"auth.login","params":{"publicKey":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPDcBdpzS++gqGH52JatEqOLMvsxcEva/yGKjrQ+Igf0","nonce":"","signature":"A"}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/nonce","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":5,"method":"auth.login","params":{"publicKey":"x","nonce":"A","signature":"A"}}
<< {"jsonrpc":"2.0","id":5,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/publicKey","reason":"<text>"}}}
